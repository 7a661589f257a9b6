// Words that are selected in the article become the quote, and where they were selected. Without this
// file the quote is typed.
"use strict";
(() => {
  const the = (id) => document.getElementById(id);
  const article = the("article");
  const quote = the("quote");

  function taken() {
    const { selectionStart: start, selectionEnd: end, value } = article;
    if (start === end) return;
    quote.value = value.slice(start, end).replace(/\s+/g, " ").trim();
    the("at").value = start + (value.slice(start, end).length - value.slice(start, end).trimStart().length);
  }

  for (const event of ["select", "mouseup", "keyup"]) article.addEventListener(event, taken);
  quote.addEventListener("input", () => { the("at").value = ""; });
  article.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      taken();
      the("type").focus();
    }
  });
  // What a field holds from the claim before is typed over.
  for (const field of document.querySelectorAll(".claim input")) {
    field.addEventListener("focus", () => field.select());
    if (field === document.activeElement) field.select();
  }
})();
