// Templates, filled in the page.

/** @param {string} template @param {Record<string, string | number>} values */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (field, name) => `${values[name] ?? field}`);
}
