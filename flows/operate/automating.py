"""The automations of `automations/*.yaml` on the server, and the block that their notifications go through.

The files are those of `prefect automation create --from-file`; where a notification is sent, `BLOCK` stands
for the id of the block, which is known only on the server.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import yaml
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import PrefectClient
from prefect.events.schemas.automations import AutomationCore
from prefect.types import SecretDict
from pydantic import SecretStr

from flows.operate.environment import POOL

FOLDER = Path(__file__).parent / "automations"
BLOCK = "gongkai-notify"
"""The block's name; another of that name, made by hand (Slack, mail …), is used as it is."""

PLACE = "BLOCK"


async def automate(client: PrefectClient, webhook: SecretStr | None) -> tuple[str, ...]:
    """Create or renew the automations; those that notify only if there is somebody to tell."""
    block = await notification_block(client, webhook)
    names = []
    for file in sorted(FOLDER.glob("*.yaml")):
        written = yaml.safe_load(file.read_text("utf-8"))
        if block is None and _notifies(written):
            continue
        for action in written["actions"]:
            if action.get("block_document_id") == PLACE:
                action["block_document_id"] = block
        version = hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:8]
        automation = AutomationCore.model_validate({**written, "tags": [POOL, f"version {version}"]})
        await _put(client, automation)
        names.append(written["name"])
    return tuple(names)


async def notification_block(client: PrefectClient, webhook: SecretStr | None) -> str | None:
    """The id of the block that sends notifications: made of the setting, else the operator's own."""
    if webhook is not None:
        return await _save_webhook(webhook)
    for document in await client.read_block_documents():
        if document.name == BLOCK:
            return str(document.id)
    return None


async def _save_webhook(webhook: SecretStr) -> str:
    block = CustomWebhookNotificationBlock(
        name="gongkai",
        url="{{address}}",
        json_data={"title": "{{subject}}", "text": "{{body}}"},
        headers=None,
        cookies=None,
        secrets=SecretDict({"address": webhook.get_secret_value()}),
    )
    identity: Any = await block.save(BLOCK, overwrite=True)
    return str(identity)


def _notifies(written: dict[str, Any]) -> bool:
    return any(action.get("block_document_id") == PLACE for action in written["actions"])


async def _put(client: PrefectClient, automation: AutomationCore) -> None:
    """One automation of that name: somebody may have switched it off, which stays.

    One that says the same is left alone: the server forgets what it was waiting for when it is renewed, so
    that a run whose heartbeats stopped before would never be marked.
    """
    known = await client.read_automations_by_name(automation.name)
    if known and known[0].tags == automation.tags:
        return
    if known:
        automation.enabled = known[0].enabled
        await client.update_automation(known[0].id, automation)
    else:
        await client.create_automation(automation)
