package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "453d4bbbf86713bbb79d8d47d8c83e3694ac76ab738c4ce030cbca225b708817"
