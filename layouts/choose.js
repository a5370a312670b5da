// Shows the recommendations on one service, or to one of those who must act (answers.html). What is chosen is kept
// in the address. Groups and their counts follow.
{
  const from = document.getElementById("choose");
  from.replaceWith(from.content);
  const selects = document.querySelectorAll(".seek select"), cards = [...document.querySelectorAll(".answer")];
  const show = () => {
    for (const card of cards) card.hidden = [...selects].some(s => s.value && s.value !== card.dataset[s.name]);
    for (const group of new Set(cards.map(card => card.parentNode))) {
      const link = document.querySelector(`[href="#${group.id}"]`);
      const n = group.querySelectorAll(".answer:not([hidden])").length;
      group.hidden = link.parentNode.hidden = !n;
      link.querySelector("b").textContent = n;
    }
  };
  const kept = new URLSearchParams(location.search);
  for (const s of selects) {
    s.value = kept.get(s.name);
    if (s.selectedIndex < 0) s.value = "";
    s.onchange = () => {
      show();
      history.replaceState(null, "", "?" + new URLSearchParams([...selects].map(s => [s.name, s.value])));
    };
  }
  show();
}
