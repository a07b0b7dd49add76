// What is said in words where nothing can be moved and nothing written.

window.chosenIn = (figure) =>
  [...figure.querySelectorAll(".explorer-control")]
    .flatMap((control) => {
      const [name] = (control.querySelector("label, span")?.textContent ?? "").split("\n");
      const chosen = control.querySelector("select")?.selectedOptions[0];
      const value = (chosen ?? control.querySelector(".explorer-value"))?.textContent;
      return value ? [`${name}: ${value}`] : [];
    })
    .join(" · ");

window.sayOnPaper = (article, answer) => {
  const lines = [];
  for (const controls of article.querySelectorAll(".explorer-controls")) {
    lines.push(element("p", { class: "explorer-chosen" }, chosenIn(controls)));
    controls.after(lines[lines.length - 1]);
  }
  for (const cell of article.querySelectorAll(".stub + .cell")) {
    const [head] = cell.previousElementSibling?.textContent?.match(/def \w+\(/) ?? ["?"];
    if (!cell.textContent?.includes(head)) continue;
    lines.push(element("p", { class: "answer" }, answer));
    cell.before(lines[lines.length - 1]);
  }
  return lines;
};
