"""A page of the built book, loaded once and looked at in every way."""

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.pages.readers import NEXT_FRAMES, make_reader

LAYOUT_SHIFT = 0.02
QUICK = {"preload": False, "resultTypes": ["violations"], "selectors": False, "elementRef": False}
# A4 between margins of 10 mm is 718 pixels wide, American letter 740.
PAPER = (718, 740)
PREPARE = "dispatchEvent(new Event('beforeprint'))"
AFTERWARDS = "dispatchEvent(new Event('afterprint'))"

OBSERVE_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
ALL = "article * { content-visibility: visible !important }"  # what is far is laid out, too
OVERHANG = """
() => document.documentElement.scrollWidth - document.documentElement.clientWidth
"""
WIDEST = """
() => [...document.querySelectorAll("body *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .filter((e) => !e.closest(".scroll, .wide, pre, math *, .hide-tail, g"))
  .slice(0, 3).map((e) => e.outerHTML.slice(0, 120))
"""
# What would take axe half a minute a chapter and tell it nothing new: the parts of each formula
# and the inside of each drawing (its label stays), and the colours of code after ten blocks of it.
LEAVE_OUT = """
() => {
  for (const formula of document.querySelectorAll("math")) formula.textContent = "x";
  for (const drawing of document.querySelectorAll("svg[aria-hidden], svg[role=img]"))
    drawing.replaceChildren();
  const code = [...document.querySelectorAll("pre")];
  for (const block of code.slice(10)) block.textContent = block.textContent;
}
"""
# Of all words with the same letters, colour and ground, contrast is measured at one: the others,
# of which a chapter has thousands, are left out.
MARK = """
() => {
  const kinds = new Set();
  for (const element of document.querySelectorAll("body, body *")) {
    const words = [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    if (!words && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const kind = [style.color, style.fontSize, style.fontWeight];
    for (let at = element; at; at = at.parentElement) {
      const ground = getComputedStyle(at);
      kind.push(ground.opacity, ground.filter);
      if (ground.backgroundImage !== "none") kind.push(ground.backgroundImage);
      if (ground.backgroundColor !== "rgba(0, 0, 0, 0)") kind.push(ground.backgroundColor);
    }
    const name = kind.join();
    if (!kinds.has(name)) element.dataset.kind = "";
    kinds.add(name);
  }
}
"""
KEEP_MARKED = """
() => {
  for (const element of document.querySelectorAll("body *")) {
    if (!element.matches("[data-kind], :has([data-kind])")) element.remove();
  }
}
"""
SCROLL = """
() => [...document.querySelectorAll("main .equation > .scroll, main .scroll:has(> table)")]
  .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
  .map((frame) => (frame.dataset.tex || frame.textContent).slice(0, 90))
"""
CODE = """
() => [...document.querySelectorAll("main pre")].filter((pre) => pre.clientWidth)
  .map((pre) => pre.scrollWidth > pre.clientWidth + 1)
"""
SMALLEST = """
() => [...document.querySelectorAll("main svg[viewBox]")].flatMap((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim()).map((text) =>
    [parseFloat(getComputedStyle(text).fontSize) * scale, text.textContent]);
}).sort((one, other) => one[0] - other[0]).slice(0, 1)
"""
OPEN = """
() => {
  window.folded = [...document.querySelectorAll("details:not([open])")];
  for (const fold of folded) fold.open = true;
}
"""
CLOSE = "() => { for (const fold of folded) fold.open = false; }"
# Of a drawing its frame and its words; of a formula its parts, not the empty boxes in them.
BEYOND = """
() => [...document.querySelectorAll("main *")]
  .filter((e) => !e.closest("math *"))
  .filter((e) => !e.closest("svg") || e.matches("svg, text"))
  .map((e) => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width && box.height && (box.left < -0.5 || box.right > innerWidth + 0.5))
  .slice(0, 3).map(([box, e]) => [box.left, box.right, e.outerHTML.slice(0, 120)])
"""
# A sign that none of our fonts has is drawn by the fallback, and two fallbacks differ in width.
FOREIGN = """
async () => {
  const seen = new Map();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (parent.closest("script, style, code, pre, math, [hidden]")) continue;
    const { fontFamily, fontStyle, fontWeight } = getComputedStyle(parent);
    const ours = fontFamily.split(", ").filter((name) => /Book/.test(name)).join(", ");
    const font = `${fontStyle} ${fontWeight} 100px ${ours || fontFamily}`;
    if (!seen.has(font)) seen.set(font, new Set());
    for (const sign of walk.currentNode.data) if (sign.trim()) seen.get(font).add(sign);
  }
  const pen = document.createElement("canvas").getContext("2d");
  const width = (font, sign) => {
    pen.font = font;
    return pen.measureText(sign).width;
  };
  const foreign = [];
  for (const [font, signs] of seen) {
    await document.fonts.load(font, [...signs].join(""));
    for (const sign of signs) {
      const widths = ["serif", "monospace"].map((last) => width(`${font}, ${last}`, sign));
      if (widths[0] !== widths[1]) foreign.push(`${sign} in ${font}`);
    }
  }
  return [foreign, [...seen.keys()].length];
}
"""
CONTRAST = {"runOnly": ["color-contrast"]}
ALL_ELSE = {"rules": {"color-contrast": {"enabled": False}}}


def violations(page: Page, rules: dict[str, object]) -> list[str]:
    """Return what axe finds wrong on a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in page.evaluate("rules => axe.run(rules)", QUICK | rules)["violations"]
        for node in violation["nodes"]
        # A header that holds a formula alone is empty for axe, which can't read MathML.
        if violation["id"] != "empty-table-header" or "<math" not in node["html"]
    ]


@dataclass
class Visit:
    """What one reading of a page found."""

    messages: list[str]
    loaded: list[str]
    shift: float
    overhang: dict[str, str] = field(default_factory=dict)  # what sticks out, by width
    scrolls: list[str] = field(default_factory=list)  # formulas and tables, on a phone
    code: list[bool] = field(default_factory=list)  # which boxes of it scroll, on a phone
    smallest: list[tuple[float, str]] = field(default_factory=list)  # letters of its drawings
    cut: dict[int, list[object]] = field(default_factory=dict)  # by the paper's edge
    foreign: list[str] = field(default_factory=list)  # signs that none of our fonts has
    n_fonts: int = 0
    unnamed: dict[str, list[str]] = field(default_factory=dict)  # axe's violations by part


def visit(browser: Browser, site: Path, name: str) -> Visit:
    """Read a page at a desk, on a phone, enlarged, on paper and with axe."""
    reader = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    reader.page.add_init_script(OBSERVE_SHIFTS)
    page = reader.open(name)
    page.wait_for_timeout(100)
    shift = page.evaluate("window.shifts")
    if shift >= LAYOUT_SHIFT:  # a busy machine may paint half a page; what moves, moves again
        page.reload()
        page.wait_for_timeout(100)
        shift = min(shift, page.evaluate("window.shifts"))
    found = Visit(reader.messages, list(reader.requests), shift)
    page.add_style_tag(content=ALL)
    for label, width, zoom in (("200 %", 1280, 2), ("320 px", 320, 1), ("390 px", 390, 1)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * zoom}%'")
        page.evaluate(NEXT_FRAMES)
        if page.evaluate(OVERHANG) > 0:
            found.overhang[label] = str(page.evaluate(WIDEST))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(OPEN)
    found.scrolls, found.smallest = page.evaluate(SCROLL), page.evaluate(SMALLEST)
    found.code = page.evaluate(CODE)
    page.evaluate(CLOSE)
    page.emulate_media(media="print")
    for width in PAPER:
        page.set_viewport_size({"width": width, "height": 1000})
        page.evaluate(PREPARE)
        found.cut[width] = page.evaluate(BEYOND)
    page.evaluate(AFTERWARDS)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    found.foreign, found.n_fonts = page.evaluate(FOREIGN)
    page.evaluate(LEAVE_OUT)
    found.unnamed["all but contrast"] = violations(page, ALL_ELSE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(MARK)
    page.evaluate(KEEP_MARKED)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found.unnamed[scheme] = violations(page, CONTRAST)
    reader.context.close()
    return found
