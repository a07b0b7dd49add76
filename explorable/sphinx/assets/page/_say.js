// What the scripts say, in the language of the page: others than English bring a script with their words.

window.say = (text, values = {}) =>
  (window.bookWords?.[text] ?? text).replace(/\{(\w+)\}/g, (place, name) =>
    String(values[name] ?? place),
  );
