package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "44c5eca4c00b9dbefaf9a1bc57b9e88d56ff558864d4a2bfff5847ce4c4fd44b"
