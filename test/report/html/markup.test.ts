import { expect, test } from "vitest";
import { html, Markup, textOf } from "../../../src/report/html/markup.js";

test("what is put into a template is text, between tags and in attributes", () => {
  const hostile = `"><script>alert('&amp;')</script>`;
  const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;&amp;amp;&#39;)&lt;/script&gt;";
  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test("markup is put in as it is, lists one after the other, false and undefined as nothing", () => {
  const items = ["a", "<"].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${false}${undefined}${0}${new Markup("<hr>")}`.text).toBe(
    "<ul><li>a</li><li>&lt;</li></ul>0<hr>",
  );
});

test("line ends stay, and what can't be seen is shown by its number", () => {
  expect(textOf("a\nb\u0000\u202e\u001b[31m")).toBe("a\nb\\x00\\u202e\\x1b[31m");
});
