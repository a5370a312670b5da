package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "5a88e6db74820d52aff4ac9b04bc47e9dcd9ae253c4eab964297bfeaa068c844"
