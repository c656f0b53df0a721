"""Chinese names and words in Latin letters: toneless pinyin, surnames in the reading they have as surnames.

Knows readings, not people: what a person writes their own name like is the register's business.
"""

from __future__ import annotations

from functools import lru_cache

from panelbot.text.language import has_han

# Characters whose reading as a surname is not their commonest one.
SURNAME_READINGS = {
    "单": "shan4", "曾": "zeng1", "解": "xie4", "仇": "qiu2", "区": "ou1", "查": "zha1", "盖": "ge3", "朴": "piao2",
    "翟": "zhai2", "任": "ren2", "华": "hua4", "纪": "ji3", "宁": "ning4", "尉": "wei4", "缪": "miao4", "冼": "xian3",
    "乐": "yue4", "逄": "pang2", "员": "yun4", "召": "shao4", "繁": "po2", "种": "chong2", "秘": "bi4", "折": "she2",
    "黑": "he4", "洗": "xian3", "覃": "qin2", "臧": "zang1", "卜": "bu3", "葛": "ge3", "晟": "cheng2", "哈": "ha3",
    "那": "na1", "过": "guo1", "隗": "wei3", "瞿": "qu2", "阚": "kan4", "应": "ying1", "燕": "yan1", "柏": "bai3",
    "薄": "bo2", "车": "che1", "重": "chong2", "谌": "chen2", "牟": "mu4", "褚": "chu3", "郇": "xun2", "芮": "rui4",
    "宓": "mi4", "恽": "yun4", "郄": "qie4", "乜": "nie4", "幺": "yao1", "眭": "sui1", "訾": "zi1", "逯": "lu4",
    "长孙": "zhang3 sun1", "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "澹台": "tan2 tai2", "单于": "chan2 yu2",
    "令狐": "ling2 hu2", "呼延": "hu1 yan2", "夏侯": "xia4 hou2", "鲜于": "xian1 yu2", "宇文": "yu3 wen2",
}  # fmt: skip

DOUBLE_SURNAMES = frozenset(
    "欧阳 司马 诸葛 上官 司徒 东方 独孤 南宫 西门 公孙 慕容 皇甫 轩辕 令狐 长孙 尉迟 万俟 澹台 单于 "
    "呼延 夏侯 鲜于 宇文 "
    "端木 闻人 赫连 钟离 百里 东郭 申屠 太史 濮阳 淳于 宗政 公冶 闾丘 亓官 司寇 拓跋 公羊 公西 完颜 纳兰 第五".split()
)

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁"
    "岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤"
    "阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞"
    "敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖"
    "漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛"
    "宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)


def syllables(text: str, *, tones: bool = False) -> tuple[str, ...]:
    """The pinyin of each character of ``text`` (``tones``: with a tone digit); other runs stay themselves."""
    return _syllables(text, tones)


@lru_cache(maxsize=8192)
def _syllables(text: str, tones: bool) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # a quarter second of tables: loaded with the first Chinese name

    if tones:
        return tuple(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))
    return tuple(lazy_pinyin(text))


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name; a name of one character, or none in Chinese, is all surname."""
    if not has_han(name) or len(name) < 2:
        return name, ""
    width = 2 if len(name) > 2 and name[:2] in DOUBLE_SURNAMES else 1
    return name[:width], name[width:]


def name_syllables(name: str, *, tones: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Pinyin of surname and of given name, the surname in its reading as one: 单雄信 is Shan, not Dan."""
    surname, given = split_name(name)
    reading = SURNAME_READINGS.get(surname)
    if reading is None:
        first = _syllables(surname, tones)
    else:
        first = tuple(part if tones else part[:-1] for part in reading.split())
    return first, _syllables(given, tones) if given else ()


def romanise_name(name: str) -> str:
    """A Chinese name as an English text writes it, surname first: 沈志峰 is ``Shen Zhifeng``.

    A name without Chinese characters is returned as it is.
    """
    if not has_han(name):
        return name
    surname, given = name_syllables(name)
    parts = ("".join(surname), "".join(given))
    return " ".join(part.replace("v", "ü").capitalize() for part in parts if part)


@lru_cache(maxsize=1)
def _all_syllables() -> frozenset[str]:
    from pypinyin import pinyin_dict

    spelt = {_plain(reading) for readings in pinyin_dict.pinyin_dict.values() for reading in readings.split(",")}
    return frozenset(syllable for syllable in spelt if syllable.isascii() and (len(syllable) > 1 or syllable in "aeo"))


def _plain(reading: str) -> str:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """True where ``word`` (Latin, lower case) can be cut into pinyin syllables."""
    if not word:
        return True
    return any(word[:n] in _all_syllables() and is_pinyin(word[n:]) for n in range(min(6, len(word)), 0, -1))
