// Renders a formula with KaTeX, and cuts a displayed one so that a narrow page can set it in lines.
// It becomes statements (cut after wide spaces) of parts (cut before signs of relation) of KaTeX's
// own bases (cut here before, not after, the sign of an operation); what stands in brackets is a
// part in a part. On a wide page all of these are spans without effect.
(function (tex, display) {
  // What KaTeX would only warn of, and a reader would see as a wrong or missing glyph, is an error.
  const strict = (code) =>
    ["unknownSymbol", "unicodeTextInMathMode"].includes(code) ? "error" : "ignore";
  const tree = katex.__renderToDomTree(tex, { displayMode: display, throwOnError: true, strict });
  join(tree.children[0].children[0]);
  if (display) {
    const html = tree.children[0].children[1];
    if (html.children.every((base) => is(base, "base"))) html.children = statements(html.children);
  }
  return [tree.toMarkup()].join(""); // flattens the engine's rope, which Python cannot read

  // KaTeX gives \max two nodes where an index has room for one: they become a row.
  function join(node) {
    for (const child of node.children ?? []) join(child);
    if (!/^m(sub|sup|subsup|under|over|underover|frac|root)$/.test(node.type)) return;
    node.children = node.children.map((child) =>
      child.type || !(child.children?.length > 1)
        ? child
        : Object.assign(Object.create(Object.getPrototypeOf(node)), {
            type: "mrow",
            attributes: {},
            classes: [],
            children: child.children,
          }),
    );
  }

  function statements(bases) {
    bases.forEach((base, index) => {
      const at = bases[index + 1] ? lastSign(base) : 0;
      if (at) bases[index + 1].children.splice(1, 0, ...base.children.splice(at));
    });
    const found = [[[]]];
    for (const base of bases.flatMap(cutAfterWideSpace)) {
      const parts = found.at(-1);
      const before = parts.at(-1).at(-1);
      if (before && endsWide(before.children)) found.push([[base]]);
      else if (before && is(base.children[1], "mrel")) parts.push([base]);
      else parts.at(-1).push(base);
    }
    return found.map((parts) =>
      span("statement", parts.map((members) => span("part", bracketed(members)))),
    );
  }

  // Bases within which a bracket is open stay together, and in them those of an inner bracket.
  function bracketed(bases, outside = 0) {
    const found = [];
    let depth = 0;
    for (const base of bases) {
      if (depth > outside) found.at(-1).push(base);
      else found.push([base]);
      for (const child of base.children) depth += is(child, "mopen") - is(child, "mclose");
    }
    return found.map((members) => {
      if (members.length === 1) return members[0];
      const deeper = members.length < bases.length || outside === 0;
      return span("part", deeper ? bracketed(members, outside + 1) : members);
    });
  }

  // Where the sign begins at which a base ends, if it does.
  function lastSign({ children }) {
    let at = children.length - 1;
    while (at > 1 && is(children[at], "mspace")) at -= 1;
    return at > 1 && (is(children[at], "mrel") || is(children[at], "mbin")) ? at : 0;
  }

  function cutAfterWideSpace(base) {
    const [strut, ...rest] = base.children;
    const pieces = [[]];
    rest.forEach((child) => {
      const piece = pieces.at(-1);
      const hasContent = piece.some((part) => !is(part, "mspace") && !is(part, "mrel"));
      if (!is(child, "mspace") && hasContent && endsWide(piece)) pieces.push([child]);
      else piece.push(child);
    });
    return pieces.map((children) => span("base", [strut, ...children]));
  }

  function endsWide(nodes) {
    const spaces = nodes.slice(nodes.findLastIndex((node) => !is(node, "mspace")) + 1);
    return spaces.some((space) => parseFloat(space.style.marginRight) >= 1);
  }

  function is(node, name) {
    return Boolean(node && node.hasClass && node.hasClass(name));
  }

  function span(name, children) {
    return new katex.__domTree.Span([name], children);
  }
});
