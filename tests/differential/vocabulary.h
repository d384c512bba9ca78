// What random packs and declarations speak of: few fields with few values each, so that they meet.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace greenlane::test {

enum class Shape { text, texts, code, decimal, integer, date, boolean };

/// Values of a kind. Fields with the same domain are compared with each other.
struct Domain {
  Shape shape = Shape::text;
  std::vector<std::string> values;
  std::string list;         ///< a reference list of some of the values; "" for none
  bool never_null = false;  ///< by the schema
};

struct FieldSpec {
  std::string path;  ///< within its group: "origin.country_code"
  const Domain* domain = nullptr;
};

struct Group;

struct ArraySpec {
  std::string path;
  const Group* element = nullptr;
  std::size_t most = 0;  ///< elements in random declarations
};

/// A declaration, an element of one of its arrays, a row of a table.
struct Group {
  std::vector<FieldSpec> fields;
  std::vector<ArraySpec> arrays;
};

/// What a criterion may be asked about.
struct EachSpec {
  std::string path;
  std::vector<std::pair<std::string, const Group*>> variables;  ///< outermost first
  std::vector<std::string> places;                              ///< for `at`
};

struct Vocabulary {
  Domain direction, country, procedure, mode, incoterm, document, material, region, attributes;
  Domain code, prefix, amount, count, position, day, yes_no;
  Group package, quantity, paper, earlier, call, item, declaration, row;
  std::vector<EachSpec> eaches;

  Vocabulary();
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;
};

const Vocabulary& vocabulary();

}  // namespace greenlane::test
