"""Registers the tests of references and follow-ups are asked against; the people are invented, but for the first."""

from __future__ import annotations

from panelbot.types import Speaker

ROUNDTABLE = (
    Speaker(name="柏亮", organization="零壹财经·零壹智库", title="创始人", role="moderator"),
    Speaker(name="肖飒", organization="中国银行法学会", title="理事", role="panelist"),
    Speaker(name="沈志峰", organization="江苏银行", title="运营部总经理", role="panelist"),
    Speaker(name="胡伟", organization="小米金融", title="董事长助理、金融机构部总经理", role="panelist"),
    Speaker(name="吴万港", organization="微众信科", title="CTO", role="panelist"),
)

WATER = (
    Speaker(name="Dana Whitlock", organization="Northgate Tribune", title="Senior editor", role="moderator"),
    Speaker(
        name="Dr. Miriam Oyelaran",
        organization="University of Northgate",
        title="Professor of Hydrology",
        role="panelist",
    ),
    Speaker(name="Tom Harker", organization="Harker Orchards", title="Farmer and owner", role="panelist"),
    Speaker(name="Priya Raman", organization="Clearflow Technologies", title="CTO and co-founder", role="panelist"),
    Speaker(name="Luis Mendez", organization="Northgate City Council", title="Councillor", role="panelist"),
    Speaker(name="Ellen Marsh", organization="Marsh & Cole LLP", title="Partner", role="panelist"),
)

CARE = (
    Speaker(name="周敏", organization="健康时报", title="记者", role="moderator"),
    Speaker(name="曾晓岚", organization="滨海市第一医院", title="院长", role="panelist"),
    Speaker(name="单立群", organization="滨海大学", title="社会学教授", role="panelist"),
    Speaker(name="解思远", organization="康护科技", title="创始人", role="panelist"),
    Speaker(name="仇雪", organization="晚晴基金会", title="秘书长", role="panelist"),
    Speaker(name="欧阳静", organization="东湖社区卫生服务中心", title="护士长", role="panelist"),
)

BANKS = (
    Speaker(name="林岚", role="moderator"),
    Speaker(name="陈建国", organization="东海银行", title="行长", role="panelist"),
    Speaker(name="陈立", organization="南江银行", title="首席风险官", role="panelist"),
    Speaker(name="王芳", organization="金石律师事务所", title="合伙人", role="panelist"),
    Speaker(name="王磊", organization="明德律师事务所", title="律师", role="panelist"),
    Speaker(name="赵敏", organization="云图科技", title="CEO", role="panelist"),
    Speaker(name="刘洋", organization="云图科技", title="CTO", role="panelist", aliases=("Leo",)),
)

REMOTE = (
    Speaker(name="Project Manager"),
    Speaker(name="Marketing"),
    Speaker(name="User Interface"),
    Speaker(name="Industrial Designer"),
)

LABORATORY = (
    Speaker(name="Professor B"),
    Speaker(name="PhD A"),
    Speaker(name="PhD C"),
    Speaker(name="Grad E"),
    Speaker(name="Grad F"),
    Speaker(name="Postdoc G"),
)

EVERYDAY = (
    Speaker(name="Grace Long", organization="Harbour Radio", title="Host", role="moderator"),
    Speaker(name="Will Young", organization="Brightside Energy", title="CEO", role="panelist"),
    Speaker(name="May Chen", organization="Orchard Bank", title="Chief Economist", role="panelist"),
    Speaker(name="Mark Field", organization="Fieldwork Robotics", title="Founder", role="panelist"),
    Speaker(name="Jack Smith", organization="Teachers' Union", title="Union representative", role="panelist"),
    Speaker(name="John Smith", organization="Harbour Academy", title="Head teacher", role="panelist"),
)

MIXED = (
    Speaker(name="方圆", organization="长风日报", title="主编", role="moderator"),
    Speaker(name="高峰", organization="青山大学", title="教授", role="panelist"),
    Speaker(name="Li Wei", organization="Acme Robotics", title="Chief Technology Officer", role="panelist"),
    Speaker(name="Sarah O'Connor", organization="Bank of Westhaven", title="Head of Policy", role="panelist"),
    Speaker(name="吕文", organization="Microsoft", title="首席科学家", role="panelist", aliases=("文",)),
    Speaker(name="关键", organization="清源律师事务所", title="律师", role="panelist"),
)

NUMBERED = (Speaker(name="发言人1"), Speaker(name="发言人2"), Speaker(name="发言人3"))

CHAMBER = (
    Speaker(name="The Chair (Hon. Edgar Nunn (Eastvale, Lib.))"),
    Speaker(name="Hon. Clara Whitfield (Minister of Transport)"),
    Speaker(name="Hon. Clara Whitfield"),
    Speaker(name="Mr. Owen Hart (Northmoor, Green)"),
    Speaker(name="Ms. Dawn Reyes"),
    Speaker(name="Bethan Price-Jones AM"),
    Speaker(name="Right Hon. Peter Ansell (Prime Minister)"),
)

TRANSIT = (
    Speaker(name="Nadia Brooks", organization="Radio Calder", title="Presenter", role="moderator"),
    Speaker(
        name="Gordon Ashby", organization="Calder Transit Authority", title="Director of Operations", role="panelist"
    ),
    Speaker(
        name="Prof. Yusuf Demir", organization="Calder Polytechnic", title="Professor of Transport", role="panelist"
    ),
    Speaker(name="Helen Okafor", organization="Bus Drivers' Union", title="General secretary", role="panelist"),
    Speaker(name="Zhang Yiming", organization="Tram Robotics Ltd", title="CEO", role="panelist"),
    Speaker(name="Ruth Ann Keller", organization="Keller & Sons Bakery", title="Shop owner", role="panelist"),
)

FILM = (
    Speaker(name="韩露", organization="银幕周刊", title="主编", role="moderator"),
    Speaker(name="华子健", organization="白鹭影业", title="导演", role="panelist"),
    Speaker(name="任可", organization="星桥视频", title="内容总监", role="panelist"),
    Speaker(name="诸葛明月", organization="南屿电影学院", title="副教授", role="panelist"),
    Speaker(name="马骏", organization="大光明影院", title="总经理", role="panelist"),
    Speaker(name="覃雨", organization="北京正衡律师事务所", title="高级合伙人", role="panelist"),
)

SCHOOL = (
    Speaker(name="段小菲", organization="教育周报", title="记者", role="moderator"),
    Speaker(name="尉迟海", organization="江畔中学", title="校长", role="panelist"),
    Speaker(name="单雪梅", organization="江畔中学", title="语文老师", role="panelist"),
    Speaker(name="查志远", organization="云起教育科技", title="首席执行官", role="panelist"),
    Speaker(name="郝静", organization="松州师范大学", title="心理学教授", role="panelist"),
    Speaker(name="贾平", organization="松州市教育局", title="基础教育处处长", role="panelist"),
)

OCEAN = (
    Speaker(name="Fiona Galt", organization="The Harbour Gazette", title="Columnist", role="moderator"),
    Speaker(name="Ivar Lindholm", organization="Nordsea Insurance", title="Chief Risk Officer", role="panelist"),
    Speaker(
        name="Dr. Amara Diallo", organization="Institute of Marine Ecology", title="Senior researcher", role="panelist"
    ),
    Speaker(name="Rob Trent", organization="Trent Shipping Company", title="Captain and founder", role="panelist"),
    Speaker(name="Wu Jiahui", organization="Pacific Development Bank", title="Vice president", role="panelist"),
    Speaker(name="Sofia Marin", organization="Blue Coast Foundation", title="Campaigner", role="panelist"),
)

GARDEN = (
    Speaker(name="Ines Falk", organization="Radio Botanica", title="Host", role="moderator"),
    Speaker(name="项南", organization="滨江植物园", title="园长", role="panelist"),
    Speaker(
        name="Helena Ortiz",
        organization="滨江大学",
        title="Professor of Biology",
        role="panelist",
        aliases=("Dr. Ortiz",),
    ),
    Speaker(name="薄云", organization="远山旅行社", title="总经理", role="panelist"),
)

ROBOTS = (
    Speaker(name="蒋文博", organization="未来观察", title="总编辑", role="moderator"),
    Speaker(name="孟晓", organization="启原机器人有限公司", title="联合创始人兼首席技术官", role="panelist"),
    Speaker(name="区志强", organization="南港码头工会", title="主席", role="panelist"),
    Speaker(name="David Lin", organization="Harbourview Capital", title="Managing partner", role="panelist"),
    Speaker(name="盖雨桐", organization="海州理工大学", title="劳动经济学教授", role="panelist"),
)

CLINIC = (
    Speaker(name="Oliver Stone", organization="Morning Wire", title="Health correspondent", role="moderator"),
    Speaker(name="Dr. Leila Haddad", organization="Riverside Hospital", title="Chief of cardiology", role="panelist"),
    Speaker(name="Mei-Ling Zhao", organization="Zhao Family Pharmacy", title="Pharmacist and owner", role="panelist"),
    Speaker(name="Tobias Reed", organization="Federation of Patients", title="Chairman", role="panelist"),
    Speaker(name="Anna Reed", organization="MediSoft", title="Head of product", role="panelist"),
)

WINE = (
    Speaker(name="Claire Dubois", organization="Valley Radio", title="Host", role="moderator"),
    Speaker(name="Hugo Bennett", organization="Bennett Vineyards", title="Winemaker", role="panelist"),
    Speaker(name="Dr. Nora Svensson", organization="University of Marlow", title="Climatologist", role="panelist"),
    Speaker(name="Kenji Watanabe", organization="Marlow Credit Union", title="Lending manager", role="panelist"),
    Speaker(name="Alice Bennett", organization="Marlow Town Council", title="Councillor", role="panelist"),
)

TEA = (
    Speaker(name="姚佳", organization="山城晚报", title="记者", role="moderator"),
    Speaker(name="缪春生", organization="云雾山茶业合作社", title="理事长", role="panelist"),
    Speaker(name="应晓梅", organization="山城农商行", title="副行长", role="panelist"),
    Speaker(name="冼国栋", organization="绿叶电商", title="创始人兼CEO", role="panelist"),
    Speaker(name="纪南", organization="农业科学院茶叶研究所", title="研究员", role="panelist"),
)

SCOPES = {
    "wine": {"wine": WINE},
    "tea": {"tea": TEA},
    "robots": {"robots": ROBOTS},
    "clinic": {"clinic": CLINIC},
    "garden": {"garden": GARDEN},
    "school": {"school": SCHOOL},
    "ocean": {"ocean": OCEAN},
    "transit": {"transit": TRANSIT},
    "film": {"film": FILM},
    "roundtable": {"roundtable": ROUNDTABLE},
    "water": {"water": WATER},
    "care": {"care": CARE},
    "banks": {"banks": BANKS},
    "remote": {"remote": REMOTE},
    "laboratory": {"laboratory": LABORATORY},
    "everyday": {"everyday": EVERYDAY},
    "mixed": {"mixed": MIXED},
    "numbered": {"numbered": NUMBERED},
    "chamber": {"chamber": CHAMBER},
    "both": {"roundtable": ROUNDTABLE, "banks": BANKS},
    "nobody": {"nobody": (Speaker(name=""),), "empty": ()},
}
