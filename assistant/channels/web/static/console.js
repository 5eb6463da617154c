// Makes the console quicker under the fingers; without it every form works as it stands.
"use strict";

const part = (id) => document.getElementById(id);
const form = part("say");
const field = part("text");
const fine = matchMedia("(pointer: fine)");
let busy = false;
let back = 0; // how many messages back the field recalls

document.body.classList.add("scripted");

const rest = () => { if (fine.matches) field.focus(); };

const complain = (sentence) => {
  part("problem").textContent = sentence;
  part("problem").hidden = !sentence;
};

const show = (page) => {
  const known = new Set([...part("log").children].map((turn) => turn.dataset.key));
  document.getElementById("now")?.removeAttribute("id");
  let last = null;
  for (const turn of page.getElementById("log").children) {
    if (known.has(turn.dataset.key)) continue;
    last = document.importNode(turn, true);
    last.classList.add("fresh");
    part("log").append(last);
  }
  for (const id of ["choices", "beside"]) {
    part(id).replaceChildren(...document.importNode(page.getElementById(id), true).childNodes);
  }
  form.elements.id.value = page.getElementById("next").value;
  part("empty")?.remove();
  const shown = last ?? part("log").lastElementChild;
  shown?.scrollIntoView({ block: shown.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
  part("beside").scrollTop = 0;
};

// Sends a form's fields in the background; what was typed stays in the field until the answer is here.
const send = async (from, text) => {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  const fields = new URLSearchParams(new FormData(from));
  fields.set("text", text);
  const typed = field.value;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) {
      complain("");
      show(page);
      if (field.value === typed) field.value = "";
      back = 0;
    } else {
      complain(page.getElementById("sentence")?.textContent ?? "The assistant did not answer. Send it again.");
    }
  } catch {
    complain("The assistant cannot be reached. What you typed is still here; send it again, it is posted only once.");
  } finally {
    busy = false;
    form.removeAttribute("aria-busy");
    mark();
    rest();
  }
};

const choices = () => [...document.querySelectorAll(".choices button")];

// A bare digit stands for a choice, unless the question may be answered with a number.
const meant = () => {
  const list = part("choices").querySelector("form");
  const digit = field.value.trim();
  return list && "digits" in list.dataset && /^[1-9]$/.test(digit) ? choices()[digit - 1] : undefined;
};

const mark = () => {
  const picked = meant();
  for (const choice of choices()) choice.classList.toggle("picked", choice === picked);
};

const recall = (step) => {
  const said = [...document.querySelectorAll(".said")].map((line) => line.lastChild.textContent).reverse();
  const wanted = Math.max(0, Math.min(said.length, back + step));
  if (wanted === back) return;
  back = wanted;
  field.value = back ? said[back - 1] : "";
  field.setSelectionRange(field.value.length, field.value.length);
  mark();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const picked = meant();
  if (picked) send(picked.form, picked.value);
  else send(form, field.value);
});

part("choices").addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter) send(event.target, event.submitter.value);
});

field.addEventListener("input", () => { back = 0; mark(); });

field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    recall(event.key === "ArrowUp" ? 1 : -1);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    field.value = "";
    back = 0;
    complain("");
    mark();
    field.focus();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-9]$/.test(event.code)) {
    const choice = choices()[event.code.slice(5) - 1];
    if (choice) {
      event.preventDefault();
      send(choice.form, choice.value);
    }
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement === document.body) {
    field.focus();
  }
});

document.addEventListener("click", (event) => {
  const example = event.target.closest("[data-say]");
  if (!example) return;
  event.preventDefault();
  field.value = example.dataset.say;
  field.focus();
});

part("person").addEventListener("change", (event) => { if (event.target.value) event.target.form.requestSubmit(); });

field.setSelectionRange(field.value.length, field.value.length);
