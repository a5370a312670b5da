package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "72c4a990b1d732eccbdbe9b02d25d7e2968624b000a6d00cc682886548bdd2a4"
