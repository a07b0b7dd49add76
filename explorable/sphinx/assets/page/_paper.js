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

window.answersIn = (article) =>
  [...article.querySelectorAll(".stub + .cell")].filter((cell) => {
    const [head] = cell.previousElementSibling?.textContent?.match(/def \w+\(/) ?? ["?"];
    return cell.textContent?.includes(head);
  });
