// Random conditions over the variables of a criterion.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/differential/random.h"
#include "tests/differential/vocabulary.h"

namespace greenlane::test {

class ConditionWriter {
 public:
  using Variables = std::vector<std::pair<std::string, const Group*>>;

  ConditionWriter(Random& random, Variables variables) : random_(random), variables_(std::move(variables)) {}

  /// A condition of up to `depth` operators in each other.
  std::string condition(unsigned depth);
  /// What looks up rows of the criterion's table: a field against a column.
  std::string row_access();

  struct Field {
    std::string path;
    const Domain* domain = nullptr;
  };
  Field field();
  /// A question about each of `fields`, joined by &&.
  std::string conjunction(const std::vector<Field>& fields);

 private:
  std::string atom();
  std::string about(const Field& field);
  std::string about_text(const Field& field);
  std::string about_code(const Field& field);
  std::string about_number(const Field& field);
  std::string about_date(const Field& field);
  std::string about_texts(const Field& field);
  std::string declared(const std::string& path);
  std::string membership(const Field& field);
  std::string computed(const Field& field);
  std::string quantified();
  std::string looked_up();
  std::string row_day();

  /// A field of the same domain; `field` itself where there is no other.
  Field like(const Field& field);
  std::string value(const Domain& domain);
  /// A number that is exact where no decimal stands beside it, too.
  std::string exact(const Domain& domain);
  std::string values(const Domain& domain);
  std::string comparison() { return choose({"==", "!=", "<", "<=", ">", ">="}); }
  std::string order() { return choose({"<", "<=", ">", ">="}); }
  std::string choose(std::initializer_list<const char*> choices) {
    return *(choices.begin() + random_.below(choices.size()));
  }

  Random& random_;
  Variables variables_;  ///< of the criterion, then those of quantifiers around
};

}  // namespace greenlane::test
