"""Which clauses are directives, where they begin and end, and what their columns say.

In the tables ⟦ and ⟧ stand around every directive a passage holds.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from building import fill
from marking import mark, read, unmark

from pipeline.lexicons import Lexicons
from pipeline.records import SloganUse

UNITS = [
    # From the modal word to the semicolon or the end of the sentence.
    "会议强调，⟦要守住耕地红线⟧；⟦要建好灌区渠系⟧；⟦要管好农机安全⟧。",
    "全会指出，⟦必须坚持绿色发展，保护一江清水，管住沿岸排口⟧。",
    "会议指出，⟦要认真整改⟧。⟦要举一反三⟧。",
    # Coordinated predicates under one modal word are one row.
    "大会强调，⟦要弘扬优良作风，密切联系群众，厉行勤俭节约⟧。",
    # The next clause with its own modal word is a row of its own.
    "会议强调，⟦要严格执法⟧，⟦不得以罚代管⟧，⟦严禁下达罚没指标⟧。",
    "会议强调，⟦要抓早抓小⟧，⟦要抓常抓长⟧。",
    # The announcing clause is a row.
    "会议强调，⟦要把握好三个方面⟧。⟦要稳产量⟧；⟦要稳价格⟧；⟦要稳队伍⟧。",
    # From the addressee where one stands before the modal word.
    "会议强调，⟦要拧紧责任链条⟧，⟦各级党组织要扛起主体责任⟧，⟦各级党组织书记要带头履职⟧。",
    "会议要求，⟦各乡镇务必在汛期前完成排查⟧；⟦水利部门必须全天候值守⟧。",
    "会议强调，⟦全市广大党员、干部，要走在前、干在先⟧。",
    # An activity or a policy as the subject is inside, a topic before the comma outside.
    "会议强调，⟦中心组学习要突出专题研讨⟧。",
    "会议指出，⟦财政政策要更加积极⟧，⟦货币政策要适度宽松⟧。",
    "会议强调，做好明年工作，⟦要坚持稳字当头⟧。",
    "会议强调，对群众反映强烈的问题，⟦要立行立改⟧。",
    "会议强调，⟦要严格执法⟧，对屡教不改的，⟦要从重处罚⟧。",
    "大会强调，今后五年，⟦要全面建设品质新城⟧。",
    "会议强调，前进道路上，⟦必须坚定信心⟧。",
    "会议指出，不能只看眼前，更⟦要着眼长远⟧。".replace("不能只看眼前", "⟦不能只看眼前⟧"),
    # A purpose stays inside the row it ends.
    "全会号召，⟦全州各族干部群众团结起来，为建设美丽家园而努力奋斗⟧！",
    # A paragraph that opens with 要 goes on.
    "会议强调，⟦要抓好春耕⟧。\n⟦要抓好防火⟧。",
    # Quotation marks, titles and brackets keep quiet.
    "会议强调，⟦要牢牢把握“疫情要防住、经济要稳住”的要求，落实到岗到人⟧。",
    "会议强调，⟦要学习《必须坚持的原则》（要点）精神，抓出成效⟧。",
    "会议强调，⟦要践行“立场要稳；作风要实”的要求⟧；⟦要抓好落实⟧。",
    # Exclamations and commas inside the sentence.
    "大会号召，⟦全县人民紧密团结在党中央周围，同心同德，奋勇前进⟧！",
    "会议强调，⟦安全生产工作必须警钟长鸣⟧，⟦决不可掉以轻心⟧。",
    "会议强调，⟦关键是要压实责任⟧。".replace("⟦关键是要压实责任⟧", "关键是⟦要压实责任⟧"),
]

BARE = [
    # Under an order an imperative is a directive, with or without an addressee.
    "会议要求，⟦加快项目建设，确保按期投产⟧；⟦各街道逐户走访，摸清底数⟧。",
    "县委要求，⟦纪检监察机关严肃查处违规吃喝⟧。",
    "会议对冬季供暖作出部署：一是⟦落实燃料储备⟧；二是⟦逐一排查管网⟧。",
    "会议要求，⟦班子成员分片包干⟧；⟦财务部门全程跟踪⟧。",
    "全会提出了明年的主要任务。⟦持之以恒正风肃纪⟧。⟦推动监督向基层延伸⟧。",
    "会议号召，⟦各级政协组织、广大政协委员更加紧密地团结起来，同心奋斗⟧。",
    "集团号召⟦全体职工把质量放在首位，争当岗位能手⟧。",
    "会议还研究了校园安全工作，要求⟦“人防、技防”同步推进⟧，⟦严禁走过场⟧。",
    "全会对当前工作作出安排，要求一是⟦抓好秋收⟧；二是⟦备足冬储⟧。",
    # Under 强调, 指出, 提出 only with a verb of action in front.
    "全会提出，⟦当好改革先锋，推动港口转型⟧；⟦因地制宜发展海洋牧场⟧。",
    "全会提出，⟦深化医保改革⟧。⟦坚持公益方向，完善分级诊疗⟧。",
    "会议强调，⟦要严格巡查⟧；⟦值班人员实行首问负责⟧，⟦严禁脱岗⟧。",
    "会议指出，改革已入深水区。",
    "会议指出，⟦要总结经验⟧。过去一年，全县实干争先。推进园区建设，办好民生实事。",
    "会议指出，本市工业基础雄厚，人才资源丰富。",
    # Ordinals: the ordinal itself is outside.
    "书记提出三点意见：一是⟦提高站位⟧，二是⟦压实责任⟧，三是⟦强化督查⟧。",
    "会议强调，一⟦要学懂弄通⟧；二⟦要真抓实干⟧；三⟦要严守纪律⟧。",
    "会议强调，第一，⟦要讲政治⟧。第二，⟦要抓落实⟧。",
    # 把 and 以 under an order.
    "会议要求，⟦把群众冷暖放在心上⟧；⟦以项目化方式推进整改⟧。",
    # An appeal.
    "同志们！⟦让我们携起手来，为建设文明城市而奋斗⟧！",
    # A notice: nothing governs.
    "三、工作要求\n⟦各单位应当按时报送⟧，⟦不得瞒报漏报⟧。⟦鼓励采用电子方式⟧。",
]

NO_DIRECTIVE = [
    # Words that contain 要 and are not modal.
    "会议指出，粮食安全是重要基础，主要产区需要持续支持。",
    "会议听取要情通报，研究纲要编制等首要任务。",
    "会议传达上级要求，与会者结合要点作了交流。",
    # What was done.
    "会议指出，一年来，全区坚持开放带动，推进园区建设，取得明显成效。",
    "会议指出，今年以来，各级各部门狠抓落实，完成投资二十亿元。",
    "全会认为，五年来，全市上下加快转型，建成地铁两条。",
    # Judgements.
    "全会强调，推进老区振兴，关键在党。",
    "会议指出，加强作风建设意义重大。",
    "会议指出，坚持党的领导是事业成功的根本保证。",
    "会议强调，不能视为小事一桩的问题仍有不少。",
    # The agenda.
    "会议审议通过《年度工作要点》，研究干部事项，部署下一阶段工作。",
    "会议传达学习省委全会精神，听取防汛工作汇报。",
    # Quotations of others.
    "果农阿不都说：“要是有个冷库，价钱还能高。”",
    "会议指出，习近平总书记强调“要把饭碗端在自己手里”，这为我们指明了方向。",
    # Statements after 看到 and 认识到.
    "会议指出，也要看到，外部环境依然严峻。",
    "会议指出，要清醒认识到，差距仍然存在。",
    "会议强调，但也必须看到短板不少。",
    # Advice, pledges, purposes.
    "全会建议国务院将这个方案提交大会审议。",
    "与会人员表示，要把会议精神带回去，抓好落实。",
    "大家一致表示，要立足岗位作贡献。",
    "会上，各局负责人作表态发言，表示要扛起责任。",
    "会议指出，安全生产容不得半点松懈。",
    "代表们建议，要加大农村公路投入。",
    "会上，与会同志表示将坚决落实，要把责任扛在肩上。",
    "会议指出，开展这项工作，目的就是要让群众得实惠。",
    # Fixed phrases.
    "会议指出，管行业必须管安全，这是铁律。",
    "会议指出，打铁必须自身硬。",
    "会议指出，资金缺口还须解决。",
    "会议指出，文章做到三要重点突出。",
    "会议指出，除了要算经济账外，还有民心账。",
    "今年工作的总体要求是：全面贯彻党的二十大精神，坚持稳中求进，推动高质量发展。",
    "今年工作的总体要求是：全面贯彻上级部署，必须坚持稳中求进。",
    # 要求 and 部署 as nouns.
    "会议对贯彻市委部署要求进行了讨论。",
    "区委落实省委部署，推动各项工作取得进展。",
    # A relative clause, a condition, a question.
    "会议指出，这是我们必须长期坚持的方针。",
    "会议指出，如果要说经验，就是实干二字。",
    "会议指出，还有不少硬骨头要啃。",
    "会议指出，他是否要参加，尚未确定。",
    # What the document itself does.
    "现在，我代表区政府向大会报告工作，请予审议。",
    "王毅、何立峰出席座谈会。",
]


@pytest.mark.parametrize("marked", UNITS + BARE)
def test_span(lexicons: Lexicons, marked: str) -> None:
    text = unmark(marked)
    assert mark(text, read(lexicons, text)) == marked


@pytest.mark.parametrize("text", NO_DIRECTIVE)
def test_no_directive(lexicons: Lexicons, text: str) -> None:
    assert mark(text, read(lexicons, text)) == text


REPORT = """滨江区人民政府工作报告
各位代表：
一、2015年工作回顾
坚持项目带动，推进旧城改造。狠抓污染治理，关停企业三家。对这些问题，⟦我们必须高度重视，认真加以解决⟧。
二、2016年工作安排
今年工作的总体要求是：坚持稳中求进，加快建设强区。
（一）⟦着力扩大投资⟧。⟦紧盯政策投向，储备项目六十个⟧。⟦支持民间资本进入养老领域⟧。
（二）⟦着力改善环境⟧。城镇新增就业三万人。⟦3月底前完成河道清淤⟧。⟦努力让群众呼吸更清新的空气⟧。
（三）⟦着力改进作风⟧。我们坚持一切为了人民。⟦任何部门不得以包代管⟧。⟦以更实举措帮助企业⟧。
""".replace("⟦3月底前完成河道清淤⟧", "⟦完成河道清淤⟧")


def test_report(lexicons: Lexicons) -> None:
    text = unmark(REPORT)
    rows = read(lexicons, text)
    assert mark(text, rows) == REPORT
    assert [row.item for row in rows if row.item] == [1, 2, 3]
    assert {(row.speech_act, row.issuer) for row in rows} == {("", "")}


@pytest.mark.parametrize(
    ("marked", "speech_act", "issuer"),
    [
        ("王海涛在清河县调研时强调 ⟦以钉钉子精神推进治水兴水⟧\n正文。", "强调", "王海涛"),
        ("⟦全力推进现代化港城建设⟧\n正文。", "", ""),
        ("清河县委十三届四次全会召开\n正文。", "", ""),
        ("学习贯彻党的二十大精神专题研讨班开班\n正文。", "", ""),
    ],
)
def test_headline(lexicons: Lexicons, marked: str, speech_act: str, issuer: str) -> None:
    text = unmark(marked)
    rows = read(lexicons, text, ["王海涛"], headline=True)
    assert mark(text, rows) == marked
    assert {(row.speech_act, row.issuer) for row in rows} <= {(speech_act, issuer)}


SPEAKERS = [
    ("全会强调，要抓落实。", "强调", "全会"),
    ("市委常委会会议指出，要抓落实。", "指出", "市委常委会会议"),
    ("县委书记陈立民要求，各镇要抓落实。", "要求", "陈立民"),
    ("陈立民在清河镇调研时强调，要抓落实。", "强调", "陈立民"),
    ("陈立民主持会议时表示，要抓落实。", "表示", "陈立民"),
    ("县委书记陈立民出席会议并讲话强调，要抓落实。", "强调", "陈立民"),
    ("陈立民最后强调：“要抓落实，见实效。”", "强调", "陈立民"),
    ("“要抓落实，见实效。”陈立民说。", "说", "陈立民"),
    ("「路子对了，就不怕远。」陈立民说，「我们要抓落实。」", "说", "陈立民"),
    ("会议审议了方案，研究了防汛工作，强调要抓落实。", "强调", "会议"),
    ("全会围绕十项工作作出具体安排。要抓落实。", "安排", "全会"),
    ("会议还就防火作出部署：要抓落实。", "部署", "会议"),
    ("全会认为，机遇大于挑战。要抓落实。", "认为", "全会"),
    ("全会指出，成绩来之不易。\n要抓落实。", "指出", "全会"),
    ("全会强调，实干为要。总书记指出“幸福都是奋斗出来的，没有捷径”。要抓落实。", "强调", "全会"),
    ("全会指出，市委十三届五次全会提出要抓落实。", "提出", "市委十三届五次全会"),
    ("集团公司董事长马成功强调，要抓落实。", "强调", "马成功"),
    ("副镇长高明在主持会议时要求，各村要抓落实。", "要求", "高明"),
    ("市纪委召开会议强调\n坚定不移推进正风肃纪", "强调", "市纪委"),
    ("通知要求，要抓落实。", "要求", "通知"),
    ("《决定》提出，要抓落实。", "提出", "《决定》"),
    ("各单位要抓落实。", "", ""),
    ("会议听取汇报。有人说难。陈立民叮嘱镇干部，要抓落实。", "叮嘱", "陈立民"),
]


@pytest.mark.parametrize(("text", "speech_act", "issuer"), SPEAKERS)
def test_speaker(lexicons: Lexicons, text: str, speech_act: str, issuer: str) -> None:
    (row,) = read(lexicons, text, ["陈立民"])
    assert (row.speech_act, row.issuer) == (speech_act, issuer)


def test_frame_of_another_meeting_ends_with_its_sentence(lexicons: Lexicons) -> None:
    text = "全会指出，市委五次全会提出要当好排头兵。要落实市委要求。"
    assert [row.issuer for row in read(lexicons, text)] == ["市委五次全会", "全会"]


def test_pronoun_is_resolved(lexicons: Lexicons) -> None:
    (row,) = read(lexicons, "县委书记陈立民出席会议。他指出，要抓落实。", ["陈立民"])
    assert (row.issuer, row.issuer_name) == ("他", "陈立民")


def test_own_meeting_is_resolved(lexicons: Lexicons) -> None:
    text = "中共清河县第十三届委员会第四次全体会议召开。全会强调，要抓落实。"
    assert [row.issuer_name for row in read(lexicons, text)] == ["本会"]


ADDRESSEES = [
    ("会议强调，各级党组织要抓落实。", "各级党组织"),
    ("会议要求，各县（市、区）要抓落实。", "各县（市、区）"),
    ("会议要求，水务部门于9月底前务必整改到位。", "水务部门"),
    ("会议要求，台资企业服务专班6月底前完成走访。", "台资企业服务专班"),
    ("会议要求，驻厅纪检监察组加强监督检查。", "驻厅纪检监察组"),
    ("会议强调，全党同志，要坚定信心。", "全党同志"),
    ("会议强调，任何单位和个人不得干预。", "任何单位和个人"),
    ("会议号召，各级政协组织、广大政协委员更加紧密地团结起来。", "各级政协组织、广大政协委员"),
    ("会议强调，全党目前必须集中精力发展生产。", "全党"),
    ("会议强调，清河市要当好桥头堡。", "清河市"),
    ("会议指出，我们要敢闯敢试。", "我们"),
    ("会议强调，教育实践活动要聚焦作风。", ""),
    ("会议强调，财政政策要更加积极。", ""),
    ("会议强调，要抓落实。", ""),
    ("会议强调，领导干部的家风要清正。", ""),
    ("陈立民叮嘱随行干部，要抓落实。", "随行干部"),
    ("让全市人民携手奋进！", "全市人民"),
    ("会议强调，明年开局要快。", ""),
    ("会议强调，财政局要节支。", "财政局"),
    ("会议强调，民政局要入户。", "民政局"),
    ("会议要求，会后各镇立即动手。", "各镇"),
    ("会议要求，县委督查室跟踪督办。", "县委督查室"),
    ("会议强调，各村组不得焚烧秸秆。", "各村组"),
    ("会议强调，各位站长、场长，入汛之前要备好沙袋。", "各位站长、场长"),
    ("望全区党员带头示范。", "全区党员"),
]


@pytest.mark.parametrize(("text", "addressee"), ADDRESSEES)
def test_addressee(lexicons: Lexicons, text: str, addressee: str) -> None:
    (row,) = read(lexicons, text, ["陈立民"])
    assert row.addressee == addressee


BINDING = [
    ("要抓落实", "要", "direct", "抓落实"),
    ("要加强管理", "要", "direct", "加强"),
    ("必须推进改革", "必须", "require", "推进"),
    ("务必完成任务", "务必", "require", "完成"),
    ("各单位应当配合检查", "应当", "require", "配合"),
    ("基建开支须经审批", "须", "require", ""),
    ("村级账目须公开", "须", "require", "公开"),
    ("决不能“一刀切”", "决不能", "prohibit", ""),
    ("要把过失同舞弊区别开来，鼓励举报", "要", "direct", "区别"),
    ("离任同志须办结手续", "须", "require", "办结"),
    ("一定要守住底线", "一定要", "require", "守住"),
    ("不得新增债务", "不得", "prohibit", "新增"),
    ("严禁弄虚作假", "严禁", "prohibit", ""),
    ("决不允许降低标准", "决不允许", "prohibit", "降低"),
    ("决不可掉以轻心", "决不可", "prohibit", ""),
    ("不能回避矛盾", "不能", "prohibit", ""),
    ("要探索新路子", "要", "explore", "探索"),
    ("要积极探索新路子", "要", "explore", "探索"),
    ("要研究建立联席机制", "要", "explore", "研究"),
    ("要抓紧研究土地政策", "要", "direct", "研究"),
    ("要大力支持创业", "要", "encourage", "支持"),
    ("要引导群众参与", "要", "encourage", "引导"),
    ("必须支持基层探索", "必须", "require", "支持"),
    ("要推动支持政策落地", "要", "direct", "推动"),
    ("鼓励首创", "", "encourage", "鼓励"),
    ("先行先试要素改革", "", "explore", "先行先试"),
    ("研究制定地方标准", "", "explore", "研究"),
    ("推进标准化", "", "direct", "推进"),
    ("要把作风建设摆在首位", "要", "direct", "摆"),
    ("要以改革为动力，激发活力", "要", "direct", "激发"),
    ("要更加深入扎实推进整改", "要", "direct", "推进"),
]


@pytest.mark.parametrize(("clause", "modality", "force", "action"), BINDING)
def test_binding(lexicons: Lexicons, clause: str, modality: str, force: str, action: str) -> None:
    (row,) = read(lexicons, f"会议提出，{clause}。")
    assert (row.modality, row.force, row.action) == (modality, force, action)


DEADLINES = [
    ("要于9月底前完成", "9月底前"),
    ("要在年底前建成三处站点", "年底前"),
    ("要在3月15日前报批", "3月15日前"),
    ("要在汛前完成加固", "汛前"),
    ("要让群众年内用上新水", "年内"),
    ("要在2025年底前达标", "2025年底前"),
    ("要在三季度前见效", "三季度前"),
    ("要在三个月内答复", "三个月内"),
    ("要在两周之内备齐", "两周之内"),
    ("要于四月十五日以前上报", "四月十五日以前"),
    ("要在“七一”前建成展馆", "“七一”前"),
    ("要中秋前发放到户", "中秋前"),
    ("要在大桥通车之前完成绿化", "大桥通车之前"),
    ("要在收到本方案后十个工作日内回复", "收到本方案后十个工作日内"),
    ("要于一九八六年六月底以前清仓", "一九八六年六月底以前"),
    ("要在本学期结束前办结", "本学期结束前"),
    ("要在今晚9时前转移完毕", "今晚9时前"),
    ("要在麦收前修好机井", "麦收前"),
    ("要在节前检查一遍", "节前"),
    ("要于新茶上市前修通道路", "新茶上市前"),
    ("要在雨前12小时内清淤", "雨前12小时内"),
    ("要在党代会闭幕后二十个工作日内印发方案", "党代会闭幕后二十个工作日内"),
    ("要在会后五个工作日内上报", "会后五个工作日内"),
    ("要国庆节后两周内复查", "国庆节后两周内"),
    ("要做好换季节前后的保障", ""),
    ("三年内不得调整", ""),
    ("要办好校园内外环境", ""),
    ("要按期完成", ""),
    ("要总结目前做法", ""),
]


@pytest.mark.parametrize(("clause", "deadline"), DEADLINES)
def test_deadline(lexicons: Lexicons, clause: str, deadline: str) -> None:
    (row,) = read(lexicons, f"会议强调，{clause}。")
    assert row.deadline == deadline


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("会议要求，一是抓好秋收；二是备足冬储；十一是强化督查。", [1, 2, 11]),
        ("会议强调，一要学深；二要悟透。", [1, 2]),
        ("会议强调，第一，要学深。第二，要悟透。", [1, 2]),
        ("会议强调，要学深。要悟透。", [None, None]),
    ],
)
def test_item(lexicons: Lexicons, text: str, items: list[int | None]) -> None:
    assert [row.item for row in read(lexicons, text)] == items


def test_slogans_inside_are_listed(lexicons: Lexicons) -> None:
    text = "会议强调，要做到“两个维护”；要抓落实。"
    use = fill(SloganUse, slogan_id="t9", start=text.index("两个"), end=text.index("”"))
    assert [row.slogans for row in read(lexicons, text, slogans=[use])] == [["t9"], []]


def test_spans_slice_back_and_do_not_overlap(lexicons: Lexicons) -> None:
    text = unmark("".join(UNITS + BARE))
    rows = read(lexicons, text)
    assert all(text[row.start : row.end] == row.text for row in rows)
    assert all(one.end <= other.start for one, other in pairwise(rows))


@pytest.mark.parametrize(
    "seed", ["要", "会议强调，", "各级党组织", "一是", "“", "（", "要，；", "推进"]
)
def test_repetition_takes_no_time(lexicons: Lexicons, seed: str) -> None:
    for row in read(lexicons, seed * 4000):
        assert row.end > row.start
