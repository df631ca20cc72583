// Every page: forms that are sent once and saved as one types, pop-ups, lists with a search box, the print button.

const AUTOSAVE_DELAY = 1200;
const RETRY_DELAY = 10000;

// Sending once. A page brought back by the Back button may send again.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "noGuard" in form.dataset) return;
  if ("sending" in form.dataset) return event.preventDefault();
  form.dataset.sending = "";
  delete form.dataset.typed;
  clearTimeout(form.timer);
  event.submitter?.setAttribute("aria-busy", "true");
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

// Saving as one types

// One after the other: an earlier state must not arrive after a later one.
function save(form) {
  return (form.saving = Promise.resolve(form.saving).then(() => send(form)));
}

function say(form, what) {
  const status = form.querySelector("[data-autosave-status]");
  if (status) status.textContent = status.dataset[what] ?? "";
}

async function send(form) {
  clearTimeout(form.timer);
  const { typed } = form.dataset;
  say(form, "saving");
  try {
    const answer = await fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "1" },
      redirect: "error",
      keepalive: document.hidden,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    // What was typed meanwhile is not saved yet.
    if (form.dataset.typed === typed) {
      delete form.dataset.typed;
      say(form, "saved");
    }
    document.dispatchEvent(new Event("stars:seen"));
  } catch {
    say(form, "failed");
    form.timer = setTimeout(save, RETRY_DELAY, form);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || form.method !== "post" || !event.target.name) return;
  form.dataset.typed = Number(form.dataset.typed ?? 0) + 1;
  document.dispatchEvent(new Event("stars:typed"));
  if (!form.dataset.autosaveUrl) return;
  // What was said is of the state before.
  say(form, "");
  clearTimeout(form.timer);
  form.timer = setTimeout(save, event.target.type === "radio" ? 0 : AUTOSAVE_DELAY, form);
});

const unsaved = () => [...document.querySelectorAll("form[data-typed]")];

function saveAll() {
  return Promise.all(unsaved().filter((form) => form.dataset.autosaveUrl).map(save));
}

// The session's end asks for this; whoever asks waits for the promise.
document.addEventListener("stars:save", (event) => event.detail.push(saveAll()));
document.addEventListener("visibilitychange", () => document.hidden && saveAll());

// Leaving: a draft is saved first; what has no draft asks before it is lost.

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-keep]");
  if (!link || !unsaved().some((form) => form.dataset.autosaveUrl)) return;
  event.preventDefault();
  await saveAll();
  location.assign(link.href);
});

addEventListener("beforeunload", (event) => {
  if (unsaved().some((form) => "guard" in form.dataset && !form.dataset.autosaveUrl)) event.preventDefault();
});

// A wish from before the sign-in: its page sends it at once if it was uttered in this tab; else the button waits.

const WISH = "stars-wish";
const wished = document.querySelector("form[data-wished]");

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-wish]");
  if (link) sessionStorage.setItem(WISH, link.pathname);
});

if (wished && sessionStorage.getItem(WISH) === location.pathname) {
  sessionStorage.removeItem(WISH);
  wished.requestSubmit();
}

// Pop-ups and printing

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.matches("dialog[closedby=any]") && !("closedBy" in HTMLDialogElement.prototype)) event.target.close();
  event.target.closest("[data-dialog-close]")?.closest("dialog").close();
  if (event.target.closest("[data-print]")) print();
});

// A search box over a long list of choices: without diacritics, chosen ones always in sight

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function filterList(input) {
  const group = input.closest("fieldset");
  const wanted = fold(input.value.trim());
  let shown = 0;
  for (const item of group.querySelector("[data-list]").children) {
    const box = item.querySelector("input");
    item.hidden = Boolean(box) && !box.checked && !fold(item.textContent).includes(wanted);
    shown += item.hidden ? 0 : 1;
  }
  group.querySelector("[data-nothing]").hidden = shown > 0;
}

document.addEventListener("input", (event) => event.target.matches("[data-list-filter]") && filterList(event.target));
document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-list-filter]").forEach(filterList));
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-list-filter]")) event.preventDefault();
});

// What comes back with errors is still unsaved.
const summary = document.querySelector("[data-error-summary]");
summary?.focus();
if (summary) for (const form of document.querySelectorAll("main form[data-guard]")) form.dataset.typed = "";
