"use strict";
// The weighted sum and the limits, nothing else: what each criterion is worth was computed when the report was written.
(() => {
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  const place = document.getElementById("live");
  if (!place) return;
  const data = JSON.parse(document.getElementById("live-data").textContent);
  const say = data.words;
  const start = () => ({
    weights: data.criteria.map((one) => one.weight),
    have: new Set(data.have),
    cost: data.cost,
    preparation: data.preparation,
  });
  let state = start();

  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text ?? "" }, more);
  const within = (tag, ...inside) => { const made = make(tag); made.append(...inside); return made; };

  function shares() {
    const total = state.weights.reduce((sum, weight) => sum + weight, 0);
    return state.weights.map((weight) => weight / total);
  }

  function failures(route) {
    const failed = [];
    if (route.physics) failed.push("physics");
    if (!route.sees) failed.push("sees-none");
    if (route.needs.some((need) => !need.some((one) => state.have.has(one)))) failed.push("facility");
    if (state.cost !== null && route.dearest > state.cost) failed.push("over cost");
    if (state.preparation !== null && route.hardest > state.preparation) failed.push("over preparation");
    return failed;
  }

  function score(route, share) {
    return route.values.reduce((sum, value, place) => sum + 100 * share[place] * value, 0);
  }

  function best(routes, share) {
    let found = null;
    for (const route of routes) {
      const points = score(route, share);
      if (found === null || points > found.points + 1e-12) found = { route, points };
    }
    return found;
  }

  function ranking() {
    const share = shares(), members = {}, listed = [], out = [];
    for (const option of data.options.filter((one) => one.members.length === 1)) {
      const judged = option.routes.map((route) => [route, failures(route)]);
      const passing = judged.filter(([, failed]) => !failed.length);
      const usable = passing.length ? passing : judged.filter(([, failed]) => failed.join() === "sees-none");
      members[option.id] = best(usable.map(([route]) => route), share);
    }
    for (const option of data.options) {
      let found = members[option.id];
      if (option.members.length > 1) {
        const chosen = option.members.map((member) => members[member]);
        const ways = chosen.every(Boolean) ? chosen.flatMap((one) => one.route.ways).join() : null;
        const route = ways === null ? null : option.routes.find((one) => one.ways.join() === ways);
        found = route ? { route, points: score(route, share) } : null;
      }
      if (found && found.route.sees) listed.push({ option, ...found });
      else out.push({ option, why: nearest(option) });
    }
    const exact = (one) => Math.round(one.points * 1e9) / 1e9;
    listed.sort((a, b) => exact(b) - exact(a) || a.route.ways.length - b.route.ways.length || a.route.effort - b.route.effort);
    return { listed, out };
  }

  function nearest(option) {
    const all = option.routes.map(failures).filter((failed) => failed.length);
    return all.sort((a, b) => a.includes("physics") - b.includes("physics") || a.length - b.length)[0] ?? ["sees-none"];
  }

  // Halves go to the even number, as they do in the report.
  const whole = (points) => {
    const low = Math.floor(points), rest = points - low;
    return rest === 0.5 ? low + (low % 2) : Math.round(points);
  };

  function row(one, rank) {
    const bar = within("span", Object.assign(make("i"), { style: `width:${one.points}%` }));
    bar.className = "bar";
    const cells = [rank, one.route.name, whole(one.points), bar, one.route.cost, one.route.need];
    const made = within("tr", ...cells.map((cell, place) => {
      const td = cell instanceof Node ? within("td", cell) : make("td", cell);
      td.dataset.label = data.headers[place];
      if (place === 0 || place === 2) td.className = "right";
      return td;
    }));
    made.dataset.option = one.option.id;
    made.dataset.score = one.points;
    return made;
  }

  function command() {
    const share = shares();
    const words = data.criteria.map((one, place) => `--weights ${one.id}=${+(100 * share[place]).toFixed(2)}`);
    if (state.have.size < data.instruments.length) words.push(...[...state.have].map((one) => `--facility ${one}`));
    if (state.cost !== null) words.push(`--budget ${data.tiers[state.cost]}`);
    if (state.preparation !== null) words.push(`--max-preparation ${data.tiers[state.preparation]}`);
    return [data.command, ...words].join(" ");
  }

  const body = make("tbody"), outside = make("p"), again = make("code");
  function show() {
    const weighed = state.weights.some((weight) => weight > 0);
    const { listed, out } = weighed ? ranking() : { listed: [], out: [] };
    let rank = 0, last = null;
    body.replaceChildren(...listed.map((one, place) => {
      const printed = whole(one.points);
      if (printed !== last) rank = place + 1;
      last = printed;
      return row(one, rank);
    }));
    const none = weighed ? say.nothing : say.weightless;
    if (!listed.length) body.append(within("tr", make("td", none, { colSpan: data.headers.length })));
    const told = out.map(({ option, why }) => `${option.name} (${why.map((one) => say[one]).join(", ")})`);
    outside.textContent = told.length ? `${say.out}: ${told.join("; ")}.` : "";
    again.textContent = weighed ? command() : "";
  }

  function slider(one, place) {
    const output = make("output");
    const input = make("input", "", { type: "range", min: 0, max: 100, step: 1, value: one.weight, name: one.id });
    const tell = () => { output.textContent = Math.round(state.weights[place]); };
    input.addEventListener("input", () => { state.weights[place] = Number(input.value); tell(); show(); });
    tell();
    return within("label", make("span", one.name), input, output);
  }

  function limit(field) {
    const input = make("select", "", { name: field });
    input.append(make("option", say["no limit"], { value: "" }));
    data.tiers.forEach((tier, step) => input.append(make("option", tier, { value: step })));
    input.value = state[field] ?? "";
    input.addEventListener("change", () => { state[field] = input.value === "" ? null : Number(input.value); show(); });
    return within("label", make("span", say[field]), input);
  }

  function tick(one) {
    const input = make("input", "", { type: "checkbox", name: one.id, checked: state.have.has(one.id) });
    input.addEventListener("change", () => { state.have[input.checked ? "add" : "delete"](one.id); show(); });
    return within("label", input, make("span", one.name));
  }

  function button(text, act) {
    const made = make("button", text, { type: "button" });
    made.addEventListener("click", () => { act(); build(); });
    return made;
  }

  function build() {
    const weights = within("fieldset", make("legend", say.weights), ...data.criteria.map(slider));
    const limits = within("fieldset", ...["cost", "preparation"].map(limit), button(say.back, () => { state = start(); }));
    const every = button(say.all, () => { state.have = new Set(data.instruments.map((one) => one.id)); });
    const no = button(say.none, () => { state.have = new Set(); });
    const ticks = within(
      "fieldset", make("legend", say.instruments), within("p", every, no), ...data.instruments.map(tick),
    );
    ticks.className = "ticks";
    const head = within("thead", within("tr", ...data.headers.map((name) => make("th", name))));
    const table = within("div", Object.assign(within("table", head, body), { className: "matrix" }));
    table.className = "scroll";
    table.setAttribute("aria-live", "polite");
    const code = within("p", make("span", `${say.again} `), again);
    place.replaceChildren(weights, limits, ticks, table, outside, code);
    show();
  }

  build();
  document.querySelectorAll("[data-live]").forEach((one) => { one.hidden = false; });
})();
