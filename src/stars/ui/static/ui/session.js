// Warns before an idle session ends, keeps what is typed, and clears the screen when it has ended.

const dialog = document.getElementById("session-warning");
const limit = Number(dialog.dataset.seconds) * 1000;
const warning = Number(dialog.dataset.warning) * 1000;
const SHARED = "stars-session-seen"; // other tabs of the same session
const GRACE = 12000; // the server counts a little longer, so that it can keep what is sent at the end
const PING_WHILE_TYPING = 240000;
let seen = Date.now();
let saved = false;

function mark() {
  seen = Date.now();
  saved = false;
  localStorage.setItem(SHARED, String(seen));
}

async function ping() {
  const answer = await fetch(dialog.dataset.ping, { redirect: "error", cache: "no-store" }).catch(() => null);
  if (answer?.ok) mark();
  return Boolean(answer?.ok);
}

async function saveTyped() {
  const promises = [];
  document.dispatchEvent(new CustomEvent("stars:save", { detail: promises }));
  await Promise.all(promises);
}

async function leave() {
  await saveTyped();
  document.querySelector("form[data-sign-out]").submit();
}

// A form without a draft is sent as it is: the server keeps it for its owner and asks to sign in again.
function end() {
  const typed = document.querySelector("form[data-guard][data-typed]:not([data-autosave-url])");
  for (const form of document.querySelectorAll("form[data-typed]")) delete form.dataset.typed; // nobody is there to ask
  if (typed) typed.submit();
  else location.replace(location.pathname + location.search);
}

function show(left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  dialog.querySelector("[data-left]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (!dialog.open) dialog.showModal();
}

async function tick() {
  seen = Math.max(seen, Number(localStorage.getItem(SHARED)) || 0);
  const left = seen + limit - Date.now();
  if (left > warning) return dialog.open && dialog.close();
  if (left <= -GRACE) {
    clearInterval(clock);
    return end();
  }
  show(left);
  if (!saved) {
    saved = true;
    await saveTyped();
  }
}

dialog.addEventListener("cancel", (event) => event.preventDefault());
dialog.querySelector("[data-continue]").addEventListener("click", async () => ((await ping()) ? dialog.close() : end()));
dialog.querySelector("[data-leave]").addEventListener("click", leave);
document.addEventListener("stars:seen", mark);
document.addEventListener("htmx:after:request", mark);
document.addEventListener("stars:typed", () => Date.now() - seen > PING_WHILE_TYPING && ping());
document.addEventListener("visibilitychange", () => document.hidden || tick());
mark();
const clock = setInterval(tick, 1000);
