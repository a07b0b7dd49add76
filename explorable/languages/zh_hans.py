"""Chinese: order of words, spacing, typography, and how terms are found and sorted."""

import re
from typing import ClassVar

from explorable.languages.editions import Edition, Terms

HAN = r"\u4e00-\u9fff"
WIDE = "，。；：！？、（）《》“”‘’…"
OTHER_WORD = re.compile(rf"[^\W{HAN}]+")
LETTERS_A_WORD = 1.5  # so many stand in this book's Chinese for a word of its English
TITLED = re.compile(r'(class="caption-number">[^<]*?) ?</span> \((.*?)\)(</p>|</summary>)')
NAMED = re.compile(
    r"(?<=[练习定命引推理题论义注例答解]) (?=\d|[练习])"
)  # 定理 2.1: what it is, and its number
HEADING = re.compile(r"<(h[1-4])\b.*?</\1>", re.DOTALL)
# Between tags: "X and Y" may be cut before its "and", where the style sheet cuts but at marks.
PHRASE = re.compile(rf"(?<=[{HAN}])(?<!参)(?=与[{HAN}][^<>]*<)")
# What an equation's number follows where it is the noun itself: nothing, a mark, or such a word.
BEFORE_NOUN = re.compile(
    r"(?:^|[，。：；？！、（—由按把在是即见与及如像从用写让为于求的]|(?<!异)或|(?<![总的])和"
    r"|(?<![规原法准])则|代入|对应|得[到出]|重做|所以|这时|如同|带有)$"
)

# What stands in a table without words of its own, and so in no catalogue.
IN_CELLS = (
    (r"(<td\b[^>]*>(?:<p>)?[\d.,]+) %(?=</)", r"\1%"),
    (r"(?<=[^)]</span></a>), (?=<a )|(?<=</a>), (?=<a [^>]*>(?:<span[^>]*>)?\()", "，"),
    (r"(?<=</a>); (?=<a )", "；"),
    (rf" \((<a\b[^>]*>(?:<span[^>]*>)*[^<()]*[{HAN}][^<()]*(?:</span>)*</a>)\)", r"（\1）"),
)


class Chinese(Edition):
    """The Chinese edition."""

    LOST: ClassVar = (
        "没有这个页面",
        "没有这个页面",
        '地址可能输错了，页面也可能已经搬走。请从<a href="{home}">本书首页</a>重新开始。',
        "搜索",
    )
    CLOSE: ClassVar = re.compile(rf"[{HAN}]")
    LETTER: ClassVar = CLOSE
    FOREIGN: ClassVar = re.compile(rf"[\u3001-\u303f{HAN}\uff00-\uffef]")
    PRINTED: ClassVar = ("汉字", "fonts-noto-cjk")
    OPENING: ClassVar = "（《"
    CLOSING: ClassVar = "，。；：！？、）》"
    SEARCH: ClassVar = {
        "close": r"\p{Script=Han}",
        "kinds": {
            "章": "page",
            "节": "section",
            "公式": "equation",
            "方程": "equation",
            "式": "equation",
            "图": "figure",
            "练习": "exercise",
            "习题": "exercise",
            "定理": "theorem",
            "命题": "theorem",
            "引理": "theorem",
        },
        "numbered": [r"^\s*第?\s*([\d.]+)\s*([章节])\s*$", "$2$1"],
        "asked": "什么是|是什么|为什么|什么|怎么样?|怎样|如何|(?<!目)的|请问|[吗呢]",
        "breaks": "，。；：、！？（）“”",
        "around": {"before": 15, "after": 90},
    }
    LEAST: ClassVar = 25
    STOP: ClassVar = "。"
    PUNCTUATED: ClassVar = False
    KEYS: ClassVar = {"zh": "words", "pinyin": "reading"}
    TYPED: ClassVar = {"ü": "v"}
    STYLE: ClassVar = {
        rf"[{HAN}{WIDE}] |(?<!^) [{HAN}{WIDE}]": (
            "a space beside Chinese; the style sheet makes it"
        ),
        rf"[{HAN}][,;:!?]": "half-width punctuation after Chinese",
        rf"\([^()]*[{HAN}][^()]*\)": "half-width parentheses around Chinese",
        rf"[{HAN}]\.(?!\w)": "a full stop of English after Chinese",
        "——.*——": "two pairs of dashes; make two sentences",
        # Words are right in 三十多, in 十六分之一 and in 十二个1.
        r"(?:[二三四五六七八九]?十[一二三四五六七八九]|[二三四五六七八九]十|[两三四五六七八九]百(?![万分]))"
        r"(?!分之|[千万亿多来几余]|.?\d)": "a count above ten in words",
    }
    SCALES: ClassVar = {"万": 10**4, "亿": 10**8}

    def shortened(self, text: str) -> str:
        """Return a sentence in the length of a description."""
        return text if len(text) <= 90 else text[:89] + "…"

    def count(self, text: str) -> float:
        """Count the words of a text, which are not separated."""
        letters = len(self.CLOSE.findall(text))
        if not letters:
            return super().count(text)
        return len(OTHER_WORD.findall(text)) + letters / LETTERS_A_WORD

    def page(self, body: str) -> str:
        """Set names of exercises and theorems without spaces, and let headings end lines well."""
        body = HEADING.sub(lambda found: PHRASE.sub("<wbr>", found[0]), body)
        for english, chinese in IN_CELLS:
            body = re.sub(english, chinese, body)
        return TITLED.sub(r"\1</span>（\2）\3", NAMED.sub("", body))

    def term(self, head: str, terms: Terms) -> re.Pattern[str]:
        """Find a term, but not in a longer one: that of one thing is often a part of another's."""
        word = terms[head]["words"][0]
        longer = [
            each.replace(word, "\0", 1).split("\0")
            for term in terms.values()
            for each in term["words"]
            if word in each and word != each
        ]
        before = "".join(f"(?<!{re.escape(start)})" for start, _end in longer if start)
        after = "".join(f"(?!{re.escape(end)})" for _start, end in longer if end)
        return re.compile(rf"(?<![A-Za-z]){before}{re.escape(word)}{after}(?![A-Za-z])")

    def before_equation(self, before: str) -> str:
        """Return the noun: a bare number reads as one only behind its own, as in 帽函数(1.8)."""
        return "式" if BEFORE_NOUN.search(before) else ""

    def place(self, title: str, section: bool, number: int | None, before: str, after: str) -> str:
        """Return 第6章《…》 or “…”一节.

        A bare title, without capitals and spaces, could not be told from the words around it.
        """
        name = f"《{title}》"
        if section:
            name = f"“{title.replace('“', '‘').replace('”', '’')}”"
            name += "一节" * (not after.startswith("一节"))
        said = after.startswith("一章") or before.endswith("章")
        return f"第{number}章{name}" if number and not said else name


EDITION = Chinese("zh_Hans", "zh/", "zh-Hans", "zh_CN", "中文", "阅读本书的中文版")
