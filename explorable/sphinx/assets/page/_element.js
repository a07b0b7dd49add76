// Elements of the page, made in one call, and scripts that it adds.

window.element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

window.addScript = (src) => {
  const script = element("script", { src });
  return new Promise((come) => {
    script.onload = script.onerror = () => come(script);
    document.head.append(script);
  });
};
