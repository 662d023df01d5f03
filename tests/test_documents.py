"""The row of a document: level, body and meeting, and what is passed through."""

from __future__ import annotations

import pytest
from building import engine, segment

from pipeline.extract.documents import describe_act, describe_document
from pipeline.extract.plenums import extract_plenums
from pipeline.ingest.source import Metadata, Source
from pipeline.lexicons import Lexicons
from pipeline.normalise import NormalText
from pipeline.records import Plenum
from pipeline.setting import find_setting
from pipeline.spans import OffsetMap

ACTS = [
    (
        "温州市召开防台风紧急视频调度会\n9月3日，温州市防汛防台抗旱指挥部召开全市防台风紧急视频调度会。",
        "city",
        "温州市防汛防台抗旱指挥部",
        "温州市防台风紧急视频调度会",
    ),
    (
        "甘肃省妇女第十三次代表大会在兰州开幕\n5月6日，甘肃省妇女第十三次代表大会在兰州开幕。",
        "province",
        "甘肃省妇女联合会",
        "甘肃省妇女第十三次代表大会",
    ),
    (
        "保定棉纺织厂职工代表大会闭幕\n保定棉纺织厂第五届职工代表大会第三次会议，"
        "3月2日举行。市总工会负责同志到会。",
        "other",
        "保定棉纺织厂职工代表大会",
        "保定棉纺织厂第五届职工代表大会第三次会议",
    ),
    (
        "扬州水利学院党委召开民主生活会\n1月8日，扬州水利学院党委在扬州召开2020年度民主生活会。",
        "other",
        "中国共产党扬州水利学院委员会",
        "扬州水利学院党委2020年度民主生活会",
    ),
    (
        "昌吉市以视频形式召开防火工作推进会\n3月1日，昌吉市以视频形式召开森林防火推进会。",
        "county",
        "",
        "昌吉市森林防火推进会",
    ),
    (
        "全省检察长会议在济南召开\n1月9日，全省检察长会议在济南召开。山东省委负责同志出席。",
        "province",
        "山东省人民检察院",
        "山东省检察长会议",
    ),
    (
        "鼓楼区委十三届八次全会召开\n8月9日，中国共产党福州市鼓楼区第十三届委员会第八次全体会议举行。",
        "county",
        "中国共产党福州市鼓楼区委员会",
        "中国共产党福州市鼓楼区第十三届委员会第八次全体会议",
    ),
    (
        "陕西省水利厅党组召开会议\n会议指出。",
        "province",
        "中共陕西省水利厅党组",
        "",
    ),
    (
        "西湖区政府召开第62次常务会议\n2月24日，某某主持召开区政府第62次常务会议。南昌",
        "county",
        "南昌市西湖区人民政府",
        "南昌市西湖区人民政府第62次常务会议",
    ),
    (
        "8月1日，水产部在大连召开全国渔业生产和安全工作视频会议。",
        "national",
        "水产部",
        "全国渔业生产和安全工作视频会议",
    ),
    (
        "中央第九巡视组向青海省委反馈巡视情况\n6月3日，巡视组反馈意见。",
        "national",
        "中央第九巡视组",
        "",
    ),
    (
        "贵阳市委第二巡察组向市民政局党组反馈巡察情况\n6月3日，巡察组反馈意见。",
        "city",
        "贵阳市委第二巡察组",
        "",
    ),
    ("贵阳市委副书记、代市长宋江调研\n宋江强调。", "city", "贵阳市人民政府", ""),
    (
        "贵阳市委副书记、市长宋江主持召开市委财经委员会会议\n宋江强调。",
        "city",
        "中国共产党贵阳市委员会",
        "",
    ),
    ("贵阳市委副书记、市委组织部部长宋江调研\n宋江强调。", "city", "中国共产党贵阳市委员会", ""),
    ("鼓楼区人民政府关于任免的通知\n各单位：", "county", "鼓楼区人民政府", ""),
    (
        "政府工作报告\n——2014年1月8日在苏州市相城区第五届人民代表大会第三次会议上\n各位代表：\n我代表区人民政府报告。",
        "county",
        "苏州市相城区人民政府",
        "苏州市相城区第五届人民代表大会第三次会议",
    ),
    (
        "报告\n——2018年3月5日在第十三届全国人民代表大会第一次会议上\n各位代表：\n我代表国务院报告。",
        "national",
        "国务院",
        "第十三届全国人民代表大会第一次会议",
    ),
    (
        "地委书记调研\n地委书记某某到库车市调研。",
        "city",
        "中国共产党阿克苏地区委员会",
        "",
    ),
    (
        "川江集团召开动员大会\n7月18日，川江集团有限公司在泸州召开教育实践活动动员大会。党委书记讲话。",
        "other",
        "中国共产党川江集团有限公司委员会",
        "川江集团有限公司教育实践活动动员大会",
    ),
    (
        "12月3日，贵阳市委副书记、市长某某主持召开市政府第71次常务会议，研究规划。",
        "city",
        "贵阳市人民政府",
        "贵阳市人民政府第71次常务会议",
    ),
    (
        "12月3日，贵阳市委召开会议，传达学习省政府第71次常务会议部署。",
        "city",
        "中国共产党贵阳市委员会",
        "",
    ),
    (
        "10日，广西壮族自治区成立60周年庆祝大会在体育中心隆重举行。国务院发来贺电。",
        "province",
        "",
        "广西壮族自治区成立60周年庆祝大会",
    ),
    ("区委召开会议\n会议强调。", "county", "中国共产党区委员会", ""),
]


@pytest.mark.parametrize(("text", "level", "body", "meeting"), ACTS)
def test_act(text: str, level: str, body: str, meeting: str, lexicons: Lexicons) -> None:
    segments = segment(text)
    setting = find_setting(segments, Metadata(), lexicons)
    rows = extract_plenums(segments, setting, lexicons)
    plenums = [row for row in rows if isinstance(row, Plenum)]
    assert describe_act(segments, setting, plenums, lexicons) == (level, body, meeting)


def test_row(lexicons: Lexicons) -> None:
    text = "苏州市委召开会议\n8月1日，会议召开。（李媛媛）"
    segments = segment(text)
    metadata = Metadata(url="https://example.org/1.html", source="苏州发布", published="2023-08-02")
    setting = find_setting(segments, metadata, lexicons)
    source = Source("a/1", "a/1.txt", "00", "gb18030", text, metadata)
    normal = NormalText(text, OffsetMap.identity(len(text)), "traditional", 3)
    row = describe_document(source, normal, segments, setting, [], engine("jieba"), lexicons)
    assert (row.doc_id, row.path, row.encoding) == ("a/1", "a/1.txt", "gb18030")
    assert (row.script, row.repaired) == ("traditional", 3)
    assert row.title == "苏州市委召开会议"
    assert (row.published, row.event_date) == ("2023-08-02", "2023-08-01")
    assert (row.place, row.adcode, row.level) == ("江苏省苏州市", "320500", "city")
    assert (row.byline, row.chars, row.sentences) == (
        ["李媛媛"],
        len(text),
        len(segments.sentences),
    )
    assert row.lexicons == lexicons.digest[:12]


def test_national_documents_have_no_code(lexicons: Lexicons) -> None:
    text = "中共中央政治局召开会议，分析形势。"
    segments = segment(text)
    setting = find_setting(segments, Metadata(), lexicons)
    source = Source("1", "1.txt", "00", "utf-8", text, Metadata())
    normal = NormalText(text, OffsetMap.identity(len(text)), "simplified", 0)
    row = describe_document(source, normal, segments, setting, [], engine("jieba"), lexicons)
    assert (row.place, row.adcode, row.level) == ("全国", "", "national")
    assert row.body == "中共中央政治局"
