"""Words for generated sentences: who, when, verbs, channels, objects, measure words, negations."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """一|二|三 as three words; an empty one between two bars is no word at all."""
    return tuple(text.split("|"))


WHO = words(
    "||我局|我镇|我委|全县|本机关|区水务局|我街道|各级各部门|市文化广电和旅游局|市民宗委|县政府办公室|某某分局"
)
WHEN = words(
    "|{y}年，|{y}年度，|一年来，|全年，|本年度，|截至{y}年底，|今年，|{y}年1月1日至12月31日，|期间，|{y}年全年"
)
DISCLOSE = words(
    "共主动公开|主动公开|累计主动公开|共公开|共计公开|新增主动公开|向社会公开|对外公开|主动公布|主动向社会公开|"
    "公开发布|主动发布"
)
INFORMATION = words(
    "政府信息|各类政府信息|信息|各类信息|政务信息|相关政府信息|政府公开信息|各类政务信息|工作信息|政务动态信息|"
    "水利信息|各类统计信息|各类文件|各类税务信息|政府信息和文件|政府信息数|政府信息总数"
)
SUM = words("|||共|共计|达|达到|总计|合计")
ABOUT = words("余|多")
BY = words("通过|利用|在|依托|运用|借助|经由")
POST = words(
    "公开|发布|主动公开|公布|累计发布|共发布|更新|推送|上传|共推送|编发|主动发布|刊发|登载|录入并公开|编辑发布|制作发布"
)
PIECE = words("文章|稿件|图文信息|动态信息|消息|工作动态|政务动态|推文|图文消息")
RECEIVED = words("办理|共办理|收到并受理|处理|收到|共收到|受理|共受理|接到|新收|接收|累计收到|共接收")
REQUEST = words(
    "政府信息公开申请|信息公开申请|依申请公开申请|公开政府信息的申请|申请公开政府信息|依申请公开事项|"
    "公民、法人和其他组织的政府信息公开申请|群众提出的政府信息公开申请|依申请公开政府信息|政府信息公开的申请|"
    "有效政府信息公开申请|政府信息依申请公开|依申请公开件|申请人提出的公开申请|自然人政府信息公开申请|公开政府信息的申请|政府信息公开申请书|要求公开政府信息的申请|政务公开申请"
)
HAVE = words("配备|明确|安排|确定|落实|指定|配备了|现有")
NOT = words("未收到|没有收到|未接到|尚未收到|未受理|从未收到|没有接到|暂未收到|无|未接收到|没有收到过|未有")
NEVER = words("未发生|没有发生|未出现|无|没有|未产生|没有出现")
CASES = words("|的情况|案件|事项|的情形")
FREE = words(
    "未收取任何费用|没有收取费用|均未收取费用|一律免费|未收取检索、复制、邮寄等费用|全部免费提供|不收取任何费用|"
    "没有收费|收费为0元|未产生收费|没有产生费用|未产生任何收费|未发生收费情况|均为免费"
)
PIECES = words("条|条|条|件|篇")
REQUESTS = words("件|件|件|宗|份|起|条|项|次|例")
CHANNELS = {
    "proactive_website": words(
        "区政府门户网站|县政府网站|局门户网站|局官网|市政府信息公开网|县人民政府网|政务网站|市政府门户网站信息公开专栏|"
        "政府网站|门户网站|官方网站|市政府信息公开平台|局外网|中国某某网|县政务服务网|政务公开网"
    ),
    "proactive_weibo": words("政务微博|官方微博|“某某发布”微博|新浪微博|微博|局官方微博“某某气象”"),
    "proactive_wechat": words(
        "微信公众号|政务微信|官方微信|“某某发布”微信公众号|微信公众平台|局微信公众号|微信订阅号|“某某城管”公众号|微信公众平台“某某林业”"
    ),
    "proactive_other_channels": words("政务公开栏|电子显示屏|宣传栏|其他方式|公示栏"),
    "proactive_gazette": words("政府公报|《某某县人民政府公报》"),
    "proactive_broadcast": words("广播电视|县电视台"),
    "proactive_press": words("报刊|《某某日报》"),
}
MODES = {
    "applications_in_person": words("当面申请|当面提交|现场申请|窗口申请|到窗口提交"),
    "applications_online": words(
        "网络申请|网上申请|通过网络提交|电子邮件申请|在线申请|通过依申请公开系统提交|线上申请"
    ),
    "applications_mail": words("信函申请|邮寄申请|以信函方式提出|书信申请|挂号信申请|以邮政快递方式提交"),
    "applications_fax": words("传真申请|以传真方式提出"),
}
ANSWERS = {
    "granted": words("予以公开|同意公开"),
    "partially_granted": words("部分公开|予以部分公开"),
}
REMEDIES = (
    ("行政复议", ("reconsiderations",)),
    ("行政诉讼", ("lawsuits",)),
    ("行政复议、行政诉讼", ("reconsiderations", "lawsuits")),
    ("行政复议和行政诉讼", ("reconsiderations", "lawsuits")),
    ("行政复议、行政诉讼和申诉", ("reconsiderations", "lawsuits", "appeals")),
    ("行政复议、提起行政诉讼", ("reconsiderations", "lawsuits")),
    ("行政诉讼、行政复议及举报投诉", ("lawsuits", "reconsiderations", "complaints")),
)
