// Package country has only a test: what docs/country.md says of many towns must stay true. Each town
// has its own repository and its own site; DuckDB reads what the sites publish, together.
package country
