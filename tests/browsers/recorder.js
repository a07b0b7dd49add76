// Stands first in each page: remembers what goes wrong there, for browsers that tell nobody.
window.told = [];
for (const name of ["error", "warn"]) {
  const really = console[name];
  console[name] = (...words) => {
    told.push(words.join(" "));
    really.apply(console, words);
  };
}
const lost = ({ target }) => `missing: ${target.src || target.href}`;
addEventListener("error", (event) => told.push(event.message || lost(event)), true);
addEventListener("unhandledrejection", ({ reason }) => told.push(String(reason)));
addEventListener("securitypolicyviolation", (event) =>
  told.push(`refused by ${event.violatedDirective}: ${event.blockedURI}`),
);
