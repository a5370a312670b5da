// Shows the recommendations on one service, or to one of those who must act (answers.html). What is chosen is kept
// in the address. Groups and their counts follow, and so do the counts of each choice: what would leave nothing cannot
// be chosen. An address may still ask for it; then the page says so, and offers to choose again.
{
  const from = document.getElementById("choose");
  from.replaceWith(from.content);
  const selects = [...document.querySelectorAll(".seek select")], cards = [...document.querySelectorAll(".answer")];
  const none = document.getElementById("none");
  const fits = (card, but) => selects.every(s => s === but || !s.value || s.value === card.dataset[s.name]);
  const show = () => {
    for (const card of cards) card.hidden = !fits(card);
    none.hidden = cards.some(card => !card.hidden);
    for (const group of new Set(cards.map(card => card.parentNode))) {
      const link = document.querySelector(`[href="#${group.id}"]`);
      const n = group.querySelectorAll(".answer:not([hidden])").length;
      group.hidden = link.parentNode.hidden = !n;
      link.querySelector("b").textContent = n;
    }
    for (const s of selects) for (const o of [...s.options].slice(1)) {
      const n = cards.filter(card => fits(card, s) && card.dataset[s.name] === o.value).length;
      o.text = o.text.replace(/[^:]*$/, " " + n);
      o.disabled = !n && !o.selected;
    }
  };
  const choose = () => {
    show();
    history.replaceState(null, "", "?" + new URLSearchParams(selects.map(s => [s.name, s.value])));
  };
  const kept = new URLSearchParams(location.search);
  for (const s of selects) {
    s.value = kept.get(s.name);
    if (s.selectedIndex < 0) s.value = "";
    s.onchange = choose;
  }
  none.querySelector("button").onclick = () => {
    for (const s of selects) s.value = "";
    choose();
    selects[0].focus();
  };
  show();
}
