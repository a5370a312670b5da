// Filters and sorts the rows of a long list (list.html). The words are in attributes of the table; cells
// whose text does not sort have the value in data-v. What is chosen is kept in the address.
{
  const table = document.querySelector("[data-filter]"), said = table.dataset;
  const body = table.tBodies[0], rows = [...body.rows];
  const line = document.createElement("p");
  const add = (name, label) => {
    const outer = document.createElement("label"), e = document.createElement(name);
    outer.append(label + " ", e);
    line.append(outer);
    return e;
  };
  const filter = add("input", said.filter), sort = add("select", said.sort), shown = document.createElement("output");
  line.className = "seek";
  line.append(shown);
  sort.add(new Option(said.none, ""));
  [...table.tHead.rows[0].cells].forEach((cell, i) => {
    for (const way of "↑↓") sort.add(new Option(cell.textContent + " " + way, i + way));
  });
  const fold = text => text.toLowerCase().replace(/[ңөүё]/g, c => "ноуе"["ңөүё".indexOf(c)]);
  const value = (row, i) => row.cells[i].dataset.v ?? row.cells[i].textContent.trim();
  const {compare} = new Intl.Collator(document.documentElement.lang, {numeric: true});
  const show = () => {
    const words = fold(filter.value).split(/\s+/), i = parseInt(sort.value), way = sort.value.endsWith("↓") ? -1 : 1;
    const some = rows.filter(row => words.every(w => fold(row.textContent).includes(w)));
    if (sort.value) some.sort((x, y) => {
      const a = value(x, i), b = value(y, i);
      return !a - !b || way * (a - b || compare(a, b));
    });
    body.replaceChildren(...some);
    shown.value = said.shown + " " + some.length + " / " + rows.length;
  };
  const kept = new URLSearchParams(location.hash.slice(1));
  filter.value = kept.get("f") || "";
  sort.value = kept.get("s") || "";
  filter.oninput = sort.onchange = () => {
    show();
    history.replaceState(null, "", "#" + new URLSearchParams({f: filter.value, s: sort.value}));
  };
  table.before(line);
  show();
}
