// Datasette's SQL editor hides the labelled field behind one of its own, which then has no name for who can't see it.
window.addEventListener("load", () => {
  for (const field of document.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", "SQL");
});
