package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "3bbc99ad8474828bdaf3b8896f517d2c37f46fdb246a3aed094dea23b5eae2f4"
