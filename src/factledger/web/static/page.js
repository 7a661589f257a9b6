// The slider of a date, bound to the field beside it. Without this file the form and the links do
// the same.
"use strict";
(() => {
  const WAIT = 150; // milliseconds in which further steps of the slider are awaited
  const root = document.documentElement;
  const the = (id) => document.getElementById(id);
  let timer = 0;
  let wanted = null; // the day that the slider was moved to, and that is not shown yet

  root.classList.add("js");

  // On a narrow screen what else can be asked is folded away, so that the first claim is in sight.
  function fold() {
    const otherwise = document.querySelector(".otherwise");
    if (otherwise && matchMedia("(max-width: 38rem)").matches) otherwise.open = false;
  }
  fold();

  const days = (slider) => slider.dataset.days.split(" ");

  function show(slider, day) {
    the("asof").value = day;
    slider.setAttribute("aria-valuetext", day);
  }

  function go(day) {
    const slider = the("slider");
    wanted = null;
    if (!slider) return;
    if (slider.dataset.files) {
      open(slider, day);
    } else {
      the("asof").value = day;
      the("ask").requestSubmit();
    }
  }

  // Without a server: the page of the last day up to the one that is wanted, else the first.
  function open(slider, day) {
    const all = days(slider);
    const files = slider.dataset.files.split(" ");
    let at = 0;
    all.forEach((one, i) => { if (number(one) <= number(day)) at = i; });
    if (files[at]) location.href = files[at];
  }

  // All claims of a file along time: those that stood on a day, if one is given, with the words.
  const STATUS = { d: "definite", o: "possible", p: "presumed", c: "contested" };
  function statusOn(line, day) {
    let status = "x";
    for (const turn of line.dataset.t.split(" ")) {
      if (Number(turn.slice(1)) <= day) status = turn[0];
    }
    return STATUS[status];
  }

  function narrow() {
    const given = the("day").value.trim();
    const day = number(given);
    const wrong = given !== "" && Number.isNaN(day);
    the("day").toggleAttribute("aria-invalid", wrong);
    if (wrong) return;
    const words = the("filter").value.toLowerCase().split(/\s+/);
    let count = 0;
    for (const line of document.querySelectorAll(".along-time > li")) {
      const status = given === "" || statusOn(line, day);
      const said = line.textContent.toLowerCase();
      line.hidden = !status || !words.every((word) => said.includes(word));
      line.dataset.on = status && given !== "" ? status : "";
      count += line.hidden ? 0 : 1;
    }
    the("count").textContent = `${count} claims${given === "" ? ", of all of time" : ` on ${given}`}`;
  }

  // A list without a server to search in it: every word must occur in a line.
  function filter(words) {
    for (const line of document.querySelectorAll(".lines > li")) {
      const said = line.textContent.toLowerCase();
      line.hidden = !words.every((word) => said.includes(word));
    }
  }

  function number(day) {
    const found = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(day.trim());
    return found ? (found[1] * 100 + Number(found[2] || 12)) * 100 + Number(found[3] || 31) : NaN;
  }

  document.addEventListener("input", ({ target }) => {
    if (target.id === "filter" && !the("whole")) filter(target.value.toLowerCase().split(/\s+/));
    if (target.id !== "slider") return;
    wanted = days(target)[target.value];
    show(target, wanted);
  });

  document.addEventListener("change", ({ target }) => {
    if (target.id !== "slider") return;
    const day = days(target)[target.value];
    clearTimeout(timer);
    timer = setTimeout(() => go(day), WAIT);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.id === "whole") {
      event.preventDefault();
      narrow();
      return;
    }
    const slider = the("slider");
    if (event.target.id !== "ask" || !slider || !slider.dataset.files) return;
    event.preventDefault();
    if (Number.isNaN(number(the("asof").value))) the("asof").setAttribute("aria-invalid", "true");
    else open(slider, the("asof").value);
  });

  // What is left blank is not asked, and not in the address.
  document.addEventListener("formdata", ({ formData }) => {
    const kept = [...formData].filter(([, value]) => value !== "");
    for (const name of new Set(formData.keys())) formData.delete(name);
    for (const [name, value] of kept) formData.append(name, value);
  });

  // Steps made while a page was on its way are not lost.
  document.addEventListener("htmx:afterSwap", () => {
    fold();
    const slider = the("slider");
    if (!slider || wanted === null) return;
    const at = days(slider).indexOf(wanted);
    if (at < 0) return;
    slider.value = at;
    show(slider, wanted);
  });
})();
