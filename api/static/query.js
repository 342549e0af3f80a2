// The query page: asks without leaving the page. Without this file the form asks by itself.
"use strict";

(() => {
  const form = document.getElementById("query-form");
  const query = document.getElementById("query");
  const variables = document.getElementById("variables");
  const answer = document.getElementById("answer");
  const status = document.getElementById("answer-status");
  let running = null;

  const say = (text, isWrong) => {
    status.textContent = text;
    status.classList.toggle("field__error", isWrong);
  };

  const given = () => {
    const text = variables.value.trim();
    if (text === "") return null;
    const value = JSON.parse(text);
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      throw new SyntaxError("not an object");
    }
    return value;
  };

  const show = (text) => {
    try {
      const body = JSON.parse(text);
      answer.textContent = JSON.stringify(body, null, 2);
      return Boolean(body.errors);
    } catch {
      answer.textContent = text;
      return true;
    }
  };

  const ask = async (body) => {
    running?.abort();
    const mine = (running = new AbortController());
    const started = performance.now();
    say(form.dataset.asking, false);
    answer.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/graphql-response+json",
          "accept-language": document.documentElement.lang,
        },
        body: JSON.stringify(body),
        signal: mine.signal,
      });
      const text = await response.text();
      const isWrong = show(text);
      const spent = Math.round(performance.now() - started).toString();
      const size = Math.max(0.1, text.length / 1000).toLocaleString(document.documentElement.lang, {
        maximumFractionDigits: 1,
      });
      const told = form.dataset.answered.replace("{ms}", spent).replace("{kb}", size);
      say(isWrong ? `${told} ${form.dataset.wrong}` : told, isWrong);
    } catch (error) {
      if (error.name === "AbortError") return;
      answer.textContent = "";
      say(form.dataset.lost, true);
    } finally {
      if (running === mine) answer.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    let values;
    try {
      values = given();
    } catch {
      variables.setAttribute("aria-invalid", "true");
      say(form.dataset.variables, true);
      variables.focus();
      return;
    }
    variables.removeAttribute("aria-invalid");
    ask({ query: query.value, variables: values });
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  // A link to a type opens it, also when one comes here by its address.
  const openNamed = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named instanceof HTMLDetailsElement) named.open = true;
  };
  addEventListener("hashchange", openNamed);
  openNamed();
})();
