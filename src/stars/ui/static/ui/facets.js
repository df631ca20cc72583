// A list with filters: each change is applied at once; without this script the button "Apply filters" does it.

const TYPING_DELAY = 350;
let timer;
let typing = false;

const facetsOf = (control) => (control.form && "autoSubmit" in control.form.dataset ? control.form : null);

document.addEventListener("change", (event) => {
  if (event.target.name && !("live" in event.target.dataset)) facetsOf(event.target)?.requestSubmit();
});

document.addEventListener("input", (event) => {
  const form = "live" in event.target.dataset && facetsOf(event.target);
  clearTimeout(timer);
  if (form) timer = setTimeout(submitTyped, TYPING_DELAY, form);
});

function submitTyped(form) {
  typing = true;
  form.requestSubmit();
}

// Ticks are steps that the Back button undoes one by one; letters are not.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (typing && ctx.sourceElement.id === "facets") Object.assign(ctx, { push: null, replace: "true" });
  typing = false;
});

// Parameters without a value do not belong in an address that people keep and send on.
document.addEventListener("formdata", (event) => {
  if (!("autoSubmit" in event.target.dataset)) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
}, true);

// The server's answer is the truth about what is chosen, also for boxes that somebody has touched.
document.addEventListener("htmx:after:swap", () => {
  for (const box of document.querySelectorAll("#facets input[type=checkbox]")) box.checked = box.defaultChecked;
});
