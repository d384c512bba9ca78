#include "tests/differential/random_declaration.h"

#include <set>

#include "tests/differential/vocabulary.h"

namespace greenlane::test {
namespace {

/// How often a field is not there, and how often it is null, in percent.
struct Care {
  std::size_t absent = 0;
  std::size_t null = 0;
};

class Writer {
 public:
  Writer(Random& random, Care care) : random_(random), care_(care) {}

  void fill(json::Value& owner, const Group& group) {
    std::set<std::string> settled;
    for (const FieldSpec& field : group.fields) {
      if (!settled.insert(field.path).second) continue;
      put(owner, field.path, settled, field.domain->never_null, [&] { return value(*field.domain); });
    }
    for (const ArraySpec& array : group.arrays)
      put(owner, array.path, settled, false, [&] { return elements(array); });
  }

 private:
  enum class State { there, null, absent };

  State state() {
    const std::size_t at = random_.below(100);
    if (at < care_.absent) return State::absent;
    return at < care_.absent + care_.null ? State::null : State::there;
  }

  /// Writes to the dotted `path` below `owner`. What a group on the way is, is settled once for all its
  /// fields.
  template <typename Make>
  void put(json::Value& owner, std::string_view path, std::set<std::string>& settled, bool never_null,
           Make make) {
    json::Value* at = &owner;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
      const std::string group(path.substr(0, dot));
      const std::string name = group.substr(group.rfind('.') + 1);
      if (settled.insert(group).second)
        add(*at, name, random_.chance(50) ? State::there : state(), [] { return json::Object{}; });
      at = at->find(name);
      if (at == nullptr || at->is_null()) return;
    }
    const State drawn = state();
    add(*at, std::string(path.substr(path.rfind('.') + 1)),
        never_null && drawn == State::null ? State::there : drawn, make);
  }

  template <typename Make>
  static void add(json::Value& owner, const std::string& name, State state, Make make) {
    if (state != State::absent) owner.set(name, state == State::null ? json::Value() : json::Value(make()));
  }

  json::Value value(const Domain& domain) {
    const std::string& text = random_.pick(domain.values);
    if (domain.shape == Shape::boolean) return text == "true";
    if (domain.shape == Shape::integer) return std::stoi(text);
    if (domain.shape != Shape::texts) return text;
    json::Array texts;
    for (std::size_t i = random_.below(3); i > 0; --i) texts.push_back(random_.pick(domain.values));
    return texts;
  }

  json::Value elements(const ArraySpec& array) {
    json::Array made;
    for (std::size_t i = random_.below(array.most + 1); i > 0; --i) {
      json::Value element{json::Object{}};
      fill(element, *array.element);
      made.push_back(std::move(element));
    }
    return made;
  }

  Random& random_;
  Care care_;
};

}  // namespace

json::Value random_declaration(Random& random) {
  json::Value made{json::Object{{"format", "greenlane.declaration/1"}}};
  if (random.chance(70))
    made.set("lrn",
             random.chance(80) ? json::Value("D-" + std::to_string(random.below(100))) : json::Value());
  // From drafts of which little is known to declarations in which nothing is missing.
  const Care care{random.below(4) * 8, random.below(3) * 6};
  Writer(random, care).fill(made, vocabulary().declaration);
  return made;
}

}  // namespace greenlane::test
