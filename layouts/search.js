// How the search page finds entries in an index (package internal/search tells what its files
// are). It touches no page, so that tests can run it. load(name) returns a file of the index.
"use strict";

// Index is the index of a language.
class Index {
  constructor(head, load) {
    Object.assign(this, head, {load, kept: new Map(), cuts: []});
    const {endings, suffixes, classes} = head.rules;
    for (const [rounds, least] of [[endings, 2], [suffixes, 4]]) for (const round of rounds) {
      this.cuts.push(round.map(ending => {
        const [old, other = ""] = ending.split("=");
        const letters = old.replace(/[A-Z]/g, c => "[" + classes[c] + "]");
        return {ending: new RegExp(letters + "$"), other, least};
      }));
    }
    this.run = new RegExp("[" + head.rules.letters + "]+", "g");
    const latin = Object.keys(head.rules.latin).sort((a, b) => b.length - a.length);
    this.latin = latin.length && new RegExp(latin.join("|"), "g");
  }

  // words returns the words of a text, folded.
  words(text) {
    const found = text.normalize("NFC").toLowerCase().match(this.run) || [];
    return found.map(w => this.fold(w)).filter(w => w);
  }

  fold(word) { return [...word].map(c => this.rules.folds[c] ?? c).join(""); }

  // spellings returns a word and, if it is typed in Latin letters, how the language spells it.
  spellings(word) {
    if (!this.latin || !/[a-z]/.test(word)) return [word];
    return [word, this.fold(word.replace(this.latin, part => this.rules.latin[part]))];
  }

  // stems returns a word and what is left of it without endings.
  stems(word) {
    const found = new Set();
    const cut = (rest, from) => {
      const last = this.rules.finals[rest.at(-1)];
      found.add(last === undefined ? rest : rest.slice(0, -1) + last);
      for (let round = from; round < this.cuts.length; round++) {
        for (const {ending, other, least} of this.cuts[round]) {
          const shorter = rest.replace(ending, other);
          if (shorter !== rest && shorter.length >= least) cut(shorter, round + 1);
        }
      }
    };
    cut(word, 0);
    return found;
  }

  // seek returns a word to look for.
  seek(word) { return {word, stems: this.stems(word)}; }

  // alike tells how well a word of the index fits one that is looked for: 2 it is a form of it, 1 it
  // begins with it, 0 not.
  alike(word, sought) {
    if (word === sought.word) return 2;
    if (word.slice(0, 2) !== sought.word.slice(0, 2)) return 0;
    if (this.shared(word, sought, (a, b) => a === b && (a.length > 2 || a === word || a === sought.word))) return 2;
    return sought.word.length > 2 && word.startsWith(sought.word) ? 1 : 0;
  }

  // near tells whether two words differ by one letter, apart from their endings.
  near(word, sought) {
    const least = (w, whole) => w.length > (w === whole ? 3 : 4);
    return word.slice(0, 2) === sought.word.slice(0, 2) && this.shared(word, sought,
      (a, b) => least(a, word) && least(b, sought.word) && oneApart(a, b));
  }

  // shared tells whether a stem of a word and one of the word that is looked for fit.
  shared(word, sought, fit) {
    for (const a of this.stems(word)) for (const b of sought.stems) if (fit(a, b)) return true;
    return false;
  }

  // lines returns the words of the shards in which words with some beginning are, with their entries.
  async lines(from, to) {
    let first = 0, last = 0;
    this.shards.forEach((letters, i) => {
      if (letters <= from) first = i;
      if (letters <= to) last = i;
    });
    const all = [];
    const read = text => text.split("\n").map(l => l.split("\t"));
    for (let i = first; i <= last; i++) all.push(this.file("w" + i + ".txt", read));
    return (await Promise.all(all)).flat();
  }

  // file reads a file once.
  file(name, read) {
    if (!this.kept.has(name)) this.kept.set(name, this.load(name).then(read));
    return this.kept.get(name);
  }

  // scores returns how well entries fit one word of a query, and whether only words one letter apart do.
  async scores(word) {
    const scores = new Map();
    const add = (list, n) => {
      let at = -1;
      for (const item of list ? list.split(" ") : []) {
        const [step, run = "0"] = item.split("+");
        at += parseInt(step, 36);
        for (const end = at + parseInt(run, 36); ; at++) {
          if ((scores.get(at) || 0) < n) scores.set(at, n);
          if (at === end) break;
        }
      }
    };
    const spellings = this.spellings(word).map(w => this.seek(w));
    for (const sought of spellings) {
      // A stem of two letters is not in the shard of the words with the same three.
      const begin = new Set([sought.word.slice(0, 3), ...[...sought.stems].filter(s => s.length === 2)]);
      for (const letters of begin) {
        for (const [w, title, text] of await this.lines(letters, letters)) {
          const n = w && this.alike(w, sought);
          if (n) { add(title, n + 2); add(text, n); }
        }
      }
    }
    const near = !scores.size;
    if (near) for (const sought of spellings) {
      const two = sought.word.slice(0, 2);
      for (const [w, title, text] of await this.lines(two, two + "\uffff")) {
        if (w && this.near(w, sought)) { add(title, 2); add(text, 1); }
      }
    }
    return {scores, near: near && scores.size > 0};
  }

  // find returns the numbers of the entries that fit a query, the best first: those that have most of
  // its words, then those that have them best, then the most important. near tells whether a word of the
  // query was not found, but one that is a letter apart.
  async find(query) {
    const words = [...new Set(this.words(query))];
    const sums = new Map();
    let near = false;
    for (const one of await Promise.all(words.map(w => this.scores(w)))) {
      for (const [n, score] of one.scores) sums.set(n, (sums.get(n) || 0) + 1000 + score);
      near ||= one.near;
    }
    const best = Math.floor(Math.max(0, ...sums.values()) / 1000);
    const found = [...sums].filter(([, sum]) => Math.floor(sum / 1000) === best)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([n]) => n);
    return {found, near};
  }

  // entry returns an entry by its number.
  async entry(n) {
    const block = await this.file("e" + Math.floor(n / this.block) + ".json", JSON.parse);
    return block[n % this.block];
  }
}

// oneApart tells whether two words differ by one letter that is wrong, missing or one too many, or by
// two that have changed places.
function oneApart(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(i + 1) === b.slice(i + 1) || a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i) ||
    a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
