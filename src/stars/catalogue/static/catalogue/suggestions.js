// Proposals while typing: a list below the search box, by the combobox pattern. Without this script one just searches.

const DELAY = 150;
const input = document.querySelector("[data-suggest]");
const list = document.getElementById(input.getAttribute("aria-controls"));
let timer;
let asking;

const marked = () => list.querySelector('[aria-selected="true"]');

function close() {
  clearTimeout(timer);
  asking?.abort();
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  mark(null);
}

function mark(option) {
  marked()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

function move(step) {
  const options = [...list.children];
  const place = options.indexOf(marked()) + step;
  mark(options[place < -1 ? options.length - 1 : place] ?? null);
}

function choose(option) {
  input.value = option.textContent;
  close();
  input.form.requestSubmit();
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const address = `${input.dataset.suggest}?q=${encodeURIComponent(input.value.slice(0, input.maxLength))}`;
  // Whoever types on gives the question up, even when half of the answer is there.
  const answer = await fetch(address, { signal: asking.signal })
    .then((response) => (response.ok ? response.text() : null))
    .catch(() => null);
  if (answer === null || document.activeElement !== input) return;
  list.innerHTML = answer;
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  mark(null);
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  if (input.value.trim()) timer = setTimeout(ask, DELAY);
  else close();
});

input.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    if (marked()) {
      event.preventDefault();
      choose(marked());
    } else close();
  }
  if (list.hidden) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : marked() ? -1 : -2);
  }
  if (event.key === "Escape") {
    event.preventDefault();
    close();
  }
});

input.addEventListener("blur", close);
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => event.target.closest("[role=option]") && choose(event.target.closest("[role=option]")));
