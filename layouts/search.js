// How the search page finds entries in an index (package internal/search tells what its files
// are). It touches no page, so that tests can run it. load(name) returns a file of the index.
"use strict";

// Index is the index of a language.
class Index {
  constructor(head, load) {
    Object.assign(this, head, {load, kept: new Map(), stemmed: new Map(), cuts: []});
    const {letters, endings = [], suffixes = [], classes = {}, finals = {}, latin = {}} = head.rules;
    const {short = [], synonyms = []} = head.rules;
    for (const [rounds, least] of [[endings, 2], [suffixes, 4]]) for (const round of rounds) {
      this.cuts.push(round.map(ending => {
        const [old, other = ""] = ending.split("=");
        const letters = old.replace(/[A-Z]/g, c => "[" + classes[c] + "]");
        return {ending: new RegExp(letters + "$"), other, least};
      }));
    }
    this.run = new RegExp("[0-9]+(?:[.,][0-9]+)+|[" + letters + "]+", "g");
    const parts = Object.keys(latin).sort((a, b) => b.length - a.length);
    this.latin = parts.length && new RegExp(parts.join("|"), "g");
    this.finals = finals;
    this.short = new Set(short.map(w => this.fold(w)));
    this.synonyms = synonyms.map(lists => lists.map(list => list.map(phrase => this.words(phrase))));
  }

  // words returns the words of a text, folded.
  words(text) {
    const found = text.normalize("NFC").toLowerCase().match(this.run) || [];
    return found.map(w => this.fold(w)).filter(w => w);
  }

  fold(word) { return [...word].map(c => this.rules.folds[c] ?? c).join(""); }

  // sought returns the words of a query, without abbreviations if there are others.
  sought(query) {
    const words = [...new Set(this.words(query))], whole = words.filter(w => !this.short.has(w));
    return whole.length ? whole : words;
  }

  // spellings returns a word and, if it is typed in Latin letters, how the language spells it.
  spellings(word) {
    if (!this.latin || !/[a-z]/.test(word)) return [word];
    return [word, this.fold(word.replace(this.latin, part => this.rules.latin[part]))];
  }

  // stems returns a word and what is left of it without endings. They are kept, because each query asks again
  // for those of many words of the index.
  stems(word) {
    let found = this.stemmed.get(word);
    if (found) return found;
    this.stemmed.set(word, found = new Set());
    const cut = (rest, from) => {
      const last = this.finals[rest.at(-1)];
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
  // begins with it, 0 not. "4.1" begins "4.1.2", and not "4.10".
  alike(word, sought) {
    if (word === sought.word) return 2;
    if (sought.word.includes(".")) return word.startsWith(sought.word + ".") ? 1 : 0;
    if (word.slice(0, 2) !== sought.word.slice(0, 2)) return 0;
    if (this.shared(word, sought, (a, b) => a === b && (a.length > 2 || a === word || a === sought.word))) return 2;
    return sought.word.length > 2 && word.startsWith(sought.word) ? 1 : 0;
  }

  // near tells whether two words differ by one letter, apart from their endings. Other numbers are not near.
  near(word, sought) {
    if (/\d/.test(sought.word)) return false;
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
    for (let i = first; i <= last; i++) all.push(this.file("w" + i + ".txt", table));
    return (await Promise.all(all)).flat();
  }

  // file reads a file once.
  file(name, read) {
    if (!this.kept.has(name)) this.kept.set(name, this.load(name).then(read));
    return this.kept.get(name);
  }

  // numbers returns the numbers of the entries in a list of the index.
  numbers(list) {
    const all = [];
    let at = -1;
    for (const item of list ? list.split(" ") : []) {
      const [step, run = "0"] = item.split("+");
      at += parseInt(step, 36);
      all.push(at);
      for (let n = parseInt(run, 36); n; n--) all.push(++at);
    }
    return all;
  }

  // scores returns how well entries fit a word: better in their title, better by a form of the word than by
  // its beginning. least is 2 if beginnings do not count.
  async scores(word, least = 1) {
    const scores = new Map();
    for (const sought of this.spellings(word).map(w => this.seek(w))) {
      // A stem of two letters is not in the shard of the words with the same three.
      const begin = new Set([sought.word.slice(0, 3), ...[...sought.stems].filter(s => s.length === 2)]);
      for (const letters of begin) {
        for (const line of await this.lines(letters, letters)) {
          const n = line[0] && this.alike(line[0], sought);
          if (!n || n < least) continue;
          const [, title, text] = line; // few get here, so the others are not taken apart
          raise(scores, this.numbers(title), n + 2);
          raise(scores, this.numbers(text), n);
        }
      }
    }
    return scores;
  }

  // typos returns how well entries fit a word that is one letter apart.
  async typos(word) {
    const scores = new Map();
    for (const sought of this.spellings(word).map(w => this.seek(w))) {
      const two = sought.word.slice(0, 2);
      for (const [w, title, text] of await this.lines(two, two + "\uffff")) {
        if (!w || !this.near(w, sought)) continue;
        raise(scores, this.numbers(title), 2);
        raise(scores, this.numbers(text), 1);
      }
    }
    return scores;
  }

  // all returns how well entries fit that have all of some words.
  async all(words) {
    const [first, ...others] = await Promise.all(words.map(w => this.scores(w, 2)));
    const scores = new Map();
    for (const [n, score] of first) {
      if (others.every(o => o.has(n))) scores.set(n, Math.min(score, ...others.map(o => o.get(n))));
    }
    return scores;
  }

  // others returns what else people write for words of a query that stand together: from is the first of
  // them, count how many they are, words what else they are, less how much worse that fits.
  async others(query) {
    const all = [];
    const sought = query.map(w => this.spellings(w).map(s => this.seek(s)));
    for (const lists of this.synonyms) for (const phrase of lists.flat()) {
      for (let from = 0; from + phrase.length <= query.length; from++) {
        if (!phrase.every((w, i) => sought[from + i].some(s => this.alike(w, s) === 2))) continue;
        for (const words of lists[0]) if (words !== phrase) all.push({from, count: phrase.length, words, less: .6});
      }
    }
    // What is one word for some is two for others.
    for (let i = 0; i < query.length; i++) {
      if (i) all.push({from: i - 1, count: 2, words: [query[i - 1] + query[i]], less: 0});
      const word = query[i];
      if (word.length < 8) continue;
      const known = (await this.lines(word.slice(0, 3), word.slice(0, 3))).map(([w]) => w);
      for (const w of known) {
        if (w.length > 3 && word.startsWith(w) && word.length - w.length > 3) {
          all.push({from: i, count: 1, words: [w, word.slice(w.length)], less: 0});
        }
      }
    }
    return all;
  }

  // coded returns how well entries fit that a query is the code of: better than any others.
  async coded(query) {
    const code = query.trim().toLowerCase(), scores = new Map();
    if (!/^[a-z0-9-]+$/.test(code)) return scores;
    for (const [c, list] of await this.file("c" + fileOf(code, this.codes) + ".txt", table)) {
      if (c === code) raise(scores, this.numbers(list), 10);
    }
    return scores;
  }

  // fits returns how well entries fit each of the words of a query, and whether one of them was not found, but words
  // that are a letter apart.
  async fits(query, words) {
    const fits = new Map();
    const put = (scores, from, count, less) => {
      for (const [n, score] of scores) {
        if (!fits.has(n)) fits.set(n, words.map(() => 0));
        const one = fits.get(n);
        for (let i = from; i < from + count; i++) one[i] = Math.max(one[i], score - less);
      }
    };
    put(await this.coded(query), 0, words.length, 0);
    await Promise.all(words.map(async (w, i) => put(await this.scores(w), i, 1, 0)));
    for (const o of await this.others(words)) put(await this.all(o.words), o.from, o.count, o.less);
    let near = false;
    for (const [i, w] of words.entries()) {
      if ([...fits.values()].some(one => one[i])) continue;
      const scores = await this.typos(w);
      near ||= scores.size > 0;
      put(scores, i, 1, 0);
    }
    return {fits, near};
  }

  // find returns the numbers of the entries that fit a query, the best first: those that it is the code of, then
  // those that have most of its words, then those that have them best and are of a higher level, then the most
  // important. If place is the key of a place, entries of other places are found only where these have more of
  // the words. near tells whether a word was not found, but one that is a letter apart, some whether no entry
  // has all words, outside whether the place was left.
  async find(query, place) {
    const words = this.sought(query);
    const {fits, near} = await this.fits(query, words);
    const count = one => one.filter(x => x).length;
    const most = all => all.reduce((n, [, one]) => Math.max(n, count(one)), 0);
    let all = [...fits];
    const inside = place && await this.within(place), best = most(all);
    const here = inside && all.filter(([n]) => inside.has(n));
    const outside = Boolean(here) && most(here) < best;
    if (here && !outside) all = here;
    const level = n => [5.5, 3.5, 2.5][this.levels.filter(first => n >= first).length] || 0;
    const found = all.filter(([, one]) => count(one) === best)
      .map(([n, one]) => [n, one.reduce((a, b) => a + b, level(n))])
      .sort(([n, a], [m, b]) => b - a || n - m).map(([n]) => n);
    return {found, near, some: best > 0 && best < words.length, outside};
  }

  // within returns the numbers of the entries of a place and of those that have none.
  async within(place) {
    const all = new Set();
    for (const [key, list] of await this.file("places.txt", table)) {
      if (!key || key === place) for (const n of this.numbers(list)) all.add(n);
    }
    return all;
  }

  // entry returns an entry by its number.
  async entry(n) {
    const block = await this.file("e" + Math.floor(n / this.block) + ".json", JSON.parse);
    return block[n % this.block];
  }
}

// table returns the fields of the lines of a file.
function table(text) { return text.split("\n").map(line => line.split("\t")); }

// fileOf returns in which of n files a code is, as package internal/search counts it.
function fileOf(code, n) {
  return [...code].reduce((h, c) => Math.imul(h, 31) + c.charCodeAt() >>> 0, 0) % n;
}

// raise sets the scores of entries that are lower.
function raise(scores, entries, n) {
  for (const entry of entries) if ((scores.get(entry) || 0) < n) scores.set(entry, n);
}

// oneApart tells whether two words differ by one letter that is wrong, missing or one too many, or by
// two that have changed places.
function oneApart(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(i + 1) === b.slice(i + 1) || a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i) ||
    a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
