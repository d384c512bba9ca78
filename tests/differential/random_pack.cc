#include "tests/differential/random_pack.h"

#include "tests/differential/random_condition.h"

namespace greenlane::test {
namespace {

class PackWriter {
 public:
  explicit PackWriter(Random& random) : random_(random) {}

  RandomPack write() {
    RandomPack pack;
    pack.lists = lists();
    for (std::size_t i = 0, count = 6 + random_.below(10); i < count; ++i)
      add(pack.criteria, "T.C" + std::to_string(i));
    if (random_.chance(60)) add_family(pack.criteria);
    return pack;
  }

 private:
  /// A criterion in one version or in two that follow each other.
  void add(std::vector<Draft>& criteria, const std::string& id) {
    Draft draft = criterion(id);
    if (random_.chance(25)) {
      draft.to = "2025-06-30";
      criteria.push_back(draft);
      draft = criterion(id);
      draft.version = 2;
      draft.from = "2025-07-01";
      draft.supersedes = id + "@1";
    } else if (random_.chance(15)) {
      draft.from = random_.pick(vocabulary().day.values);
    } else if (random_.chance(10)) {
      draft.to = "2026-01-01";
    }
    criteria.push_back(std::move(draft));
  }

  /// Criteria that ask about the same fields, as those of one announcement do: many are found by the same
  /// value.
  void add_family(std::vector<Draft>& criteria) {
    const EachSpec& each = random_.chance(70) ? vocabulary().eaches[1] : random_.pick(vocabulary().eaches);
    ConditionWriter writer(random_, each.variables);
    std::vector<ConditionWriter::Field> fields;
    for (std::size_t i = 1 + random_.below(3); i > 0; --i) fields.push_back(writer.field());
    for (std::size_t i = 0, count = 4 + random_.below(16); i < count; ++i) {
      Draft draft = frame("T.F" + std::to_string(i), each, false);
      auto asked = fields;
      if (random_.chance(30)) std::swap(asked.front(), asked.back());
      if (random_.chance(30)) asked.push_back(writer.field());
      draft.when = writer.conjunction(asked);
      criteria.push_back(std::move(draft));
    }
  }

  Draft criterion(const std::string& id) {
    const Vocabulary& words = vocabulary();
    const EachSpec& each = random_.chance(40) ? words.eaches[1] : random_.pick(words.eaches);
    const bool rows = random_.chance(30);
    Draft draft = frame(id, each, rows);
    auto variables = each.variables;
    if (rows) variables.emplace_back("row", &words.row);
    ConditionWriter writer(random_, std::move(variables));
    draft.when = writer.condition(static_cast<unsigned>(random_.below(4)));
    if (rows && random_.chance(75)) {
      const std::string access = writer.row_access();
      draft.when =
          random_.chance(60) ? access + " && (" + draft.when + ")" : "(" + draft.when + ") && " + access;
    }
    return draft;
  }

  /// Everything but the condition.
  Draft frame(const std::string& id, const EachSpec& each, bool rows) {
    Draft draft{.id = id, .each = each.path};
    if (rows) draft.rows = random_.chance(70) ? "bands" : "rates";
    draft.level = random_.pick(std::vector<std::string>{"low", "medium", "high"});
    draft.domain = std::string(random_.pick(domains));
    draft.at = {random_.pick(each.places)};
    while (random_.chance(40)) draft.at.push_back(random_.pick(each.places));
    draft.message = message(each, rows);
    if (random_.chance(30))
      draft.remedies = R"([{"kind": "document", "code": "C1", "text": {"en": "Add it.", "zh": "补充。"}}])";
    return draft;
  }

  std::string message(const EachSpec& each, bool rows) {
    const auto& [name, group] = random_.pick(each.variables);
    std::string out = "On {as_of}";
    for (const FieldSpec& field : group->fields) {
      const bool shown = field.domain->shape != Shape::texts && random_.chance(20);
      if (shown) out += " {" + name + "." + field.path + "}";
    }
    for (const FieldSpec& field : group->fields) {
      // Not every one of them has a row: then there is nothing to show.
      if (field.domain == &vocabulary().country && random_.chance(40))
        out += " {lists.rates.hasEver(" + name + "." + field.path + ") ? lists.rates.rowEver(" + name + "." +
               field.path + ").name : 'no row'}";
    }
    return out + (rows ? " {row.name} {row.limit}." : ".");
  }

  std::string lists() {
    const Vocabulary& words = vocabulary();
    std::string out = "{";
    for (const Domain* domain : {&words.country, &words.procedure, &words.document, &words.region}) {
      out += set(*domain, domain == &words.country ? "country" : "string", *domain) + ", ";
    }
    return out + set(words.code, "hs", words.prefix) + ", " + table("bands", true) + ", " +
           table("rates", false) + "}";
  }

  std::string set(const Domain& domain, const std::string& type, const Domain& from) {
    std::string values;
    for (std::size_t i = 1 + random_.below(2); i > 0; --i)
      values += (values.empty() ? "" : ", ") + quoted(from);
    return "\"" + domain.list + R"(": {"type": ")" + type + R"(", "values": [)" + values + "]}";
  }

  /// The columns of vocabulary().row; by code or by country, with days in force or without.
  std::string table(const std::string& name, bool by_code) {
    const Vocabulary& words = vocabulary();
    const std::string code = R"({"name": "hs", "type": "hs"})";
    const std::string country = R"({"name": "origin", "type": "country"})";
    const bool periods = by_code || random_.chance(50);
    std::string rows;
    for (std::size_t i = random_.below(10); i > 0; --i) {
      const std::string keys = by_code ? cell(words.prefix) + ", " + cell(words.country)
                                       : cell(words.country) + ", " + cell(words.prefix);
      rows += (rows.empty() ? "" : ", ") + ("[" + keys) + ", " + cell(words.amount) + ", " + cell(words.day) +
              ", " + cell(words.document);
      if (periods)
        rows += ", " + bound("2025-01-01", "2025-07-01") + ", " + bound("2025-07-01", "2026-01-31");
      rows += "]";
    }
    return "\"" + name + R"(": {"columns": [)" + (by_code ? code + ", " + country : country + ", " + code) +
           R"(, {"name": "limit", "type": "decimal"}, {"name": "day", "type": "date"}, {"name": "name", "type": "string"})" +
           (periods ? R"(, {"name": "from", "type": "date"}, {"name": "to", "type": "date"})" : "") +
           R"(], "rows": [)" + rows + "]}";
  }

  std::string quoted(const Domain& domain) { return "\"" + random_.pick(domain.values) + "\""; }
  std::string cell(const Domain& domain) { return random_.chance(12) ? "null" : quoted(domain); }
  std::string bound(const char* a, const char* b) {
    if (random_.chance(60)) return "null";
    return "\"" + std::string(random_.chance(50) ? a : b) + "\"";
  }

  Random& random_;
};

}  // namespace

RandomPack random_pack(Random& random) { return PackWriter(random).write(); }

}  // namespace greenlane::test
