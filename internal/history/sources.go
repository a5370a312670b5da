package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "f338b1d8a637d4dd648a5eb5603dea5f9af619e4c7987a9f9a207513af022056"
