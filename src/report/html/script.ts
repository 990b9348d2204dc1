/** What the page does: copies commands. Without it they can be selected by hand. */
export const script = `
const status = document.querySelector("[role=status]");
for (const button of document.querySelectorAll(".command button")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      if (!document.execCommand("copy")) return;
    }
    button.textContent = "Copied";
    status.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2000);
  });
}
`;
