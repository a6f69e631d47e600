// Comforts only: every page works without this file.

const busy = (form) => form.querySelectorAll("button:not([type=button])").forEach((b) => b.setAttribute("aria-busy", "true"));

// A second press of a slow button must not send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  busy(form);
});

// A page that comes back from the browser's cache may send its forms again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }
});

// On a narrow screen the diagram scrolls; start it where the work stands.
for (const frame of document.querySelectorAll(".diagram")) {
  const here = frame.querySelector(".current");
  if (here && frame.scrollWidth > frame.clientWidth) {
    const place = here.getBoundingClientRect();
    frame.scrollLeft += place.left + place.width / 2 - frame.getBoundingClientRect().left - frame.clientWidth / 2;
  }
}

// Bring the first refused field, or the list of them, into view and focus.
document.querySelector("[data-focus]")?.focus();

for (const button of document.querySelectorAll("[data-reveals]")) {
  const field = document.getElementById(button.dataset.reveals);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
}

// Do not lose what was typed by leaving the page unawares.
for (const form of document.querySelectorAll("form[data-guarded]")) {
  let touched = false;
  form.addEventListener("input", () => (touched = true));
  form.addEventListener("submit", () => (touched = false));
  window.addEventListener("beforeunload", (event) => touched && event.preventDefault());
}
