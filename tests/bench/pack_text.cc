#include "pack_text.h"

#include <array>

namespace greenlane::bench {
namespace {

constexpr std::array<std::string_view, 3> domains = {"goods", "tax", "food_safety"};
constexpr std::array<std::string_view, 5> levels = {"low", "high", "low", "medium", "low"};

std::string_view path_of(Field field) {
  switch (field) {
    case Field::hs:
      return "item.hs";
    case Field::origin:
      return "item.origin.country_code";
    case Field::departure:
      return "declaration.transport.departure.country_code";
    case Field::procedure:
      return "item.procedure.current";
    case Field::mode:
      return "declaration.transport.border.mode_code";
    case Field::terms:
      return "declaration.trade_terms.code";
    case Field::preference:
      return "item.origin.preference";
    case Field::amount:
      return "item.price.amount";
    case Field::net:
      return "item.measure.net_kg";
    case Field::documents:
      return "declaration.documents";
    case Field::consignee:
      return "declaration.parties.consignee.id";
    case Field::consignor:
      return "declaration.parties.consignor.id";
  }
  return {};
}

std::string list_name(std::size_t list) { return "l" + padded(list, 2); }

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string atom_text(const World& world, const Atom& atom) {
  const std::string path(path_of(atom.field));
  const auto code = [&](std::uint32_t place) { return quoted(world.population(atom.field)[place]); };
  switch (atom.test) {
    case Test::under:
      return path + ".under(" + quoted(atom.prefix) + ")";
    case Test::differs:
      return path + " != " + code(atom.codes[0]);
    case Test::above:
      return path + " > " + std::to_string(atom.hundredths / 100);
    case Test::at_most:
      return path + " <= " + std::to_string(atom.hundredths / 100);
    case Test::lacks:
      return "!" + path + ".exists(d, d.type == " + code(atom.codes[0]) + ")";
    case Test::in_list:
      return path + " in lists." + list_name(atom.codes[0]);
    case Test::one_of:
      break;
  }
  if (atom.codes.size() == 1) return path + " == " + code(atom.codes[0]);
  std::string text = path + " in [";
  for (std::size_t i = 0; i < atom.codes.size(); ++i) text += (i == 0 ? "" : ", ") + code(atom.codes[i]);
  return text + "]";
}

/// Texts of this workload hold nothing that JSON would escape.
std::string member(std::string_view key, std::string_view text) {
  return "\"" + std::string(key) + "\":\"" + std::string(text) + "\"";
}
std::string text_member(std::string_view key, std::string_view en, std::string_view zh) {
  return "\"" + std::string(key) + "\":{" + member("en", en) + "," + member("zh", zh) + "}";
}

std::string criterion_json(const CriterionTexts& texts, std::string_view when, std::string_view rows) {
  std::string out = "{" + member("id", texts.id) + ",\"version\":1," + member("domain", texts.domain) + "," +
                    member("level", texts.level);
  out += "," + text_member("title", texts.title_en, texts.title_zh);
  out += ",\"legal_basis\":[{" + member("ref", texts.legal_basis) +
         ",\"verified\":true}],\"effective\":{\"from\":\"2020-01-01\"}";
  out += ",\"each\":\"items\"";
  if (!rows.empty()) out += "," + member("rows", rows);
  out += "," + member("when", when) + ",\"finding\":{" + member("code", texts.code) + ",";
  out += text_member("message", texts.message_en, texts.message_zh) + ",\"at\":[\"item.hs\"";
  if (texts.shows_amount) out += ",\"item.price.amount\"";
  out += "]},\"remedies\":[{\"kind\":\"document\"," + member("code", texts.document) + "," +
         text_member("text", texts.remedy_en, texts.remedy_zh);
  return out + "}]}";
}

std::string pack_json(std::string_view lists, std::string_view criteria) {
  return R"({"format":"greenlane.criteria/1","id":"benchmark","revision":1,"title":{"en":"Benchmark","zh":"基准"},)"
         R"("authority":{"id":"benchmark","name":{"en":"Nobody","zh":"虚构机构"}},"jurisdiction":"CN",)"
         R"("published_at":"2020-01-01T00:00:00Z","utc_offset":"+08:00","applies_to":"greenlane.declaration/1","lists":{)" +
         std::string(lists) + R"(},"criteria":[)" + std::string(criteria) + "]}";
}

}  // namespace

CriterionTexts criterion_texts(std::size_t rule) {
  return {"GL.R" + padded(rule, 6),
          domains[rule % domains.size()],
          levels[rule % levels.size()],
          "DOCUMENT_REQUIRED",
          "Controlled goods",
          "管制货物",
          "Tariff Act, Art. 4",
          "Goods {item.hs} of {item.origin.country_code} need a licence.",
          "原产于{item.origin.country_code}的货物（{item.hs}）须有许可证。",
          "A",
          "Add the licence.",
          "提交许可证。",
          rule % 2 == 1};
}

std::string list_of(const Rule& rule) {
  for (const auto& clause : rule.clauses) {
    if (clause[0].test == Test::in_list) return list_name(clause[0].codes[0]);
  }
  return {};
}

std::string condition_text(const World& world, const Rule& rule) {
  std::string text;
  for (const auto& clause : rule.clauses) {
    std::string either;
    for (const Atom& atom : clause) either += (either.empty() ? "" : " || ") + atom_text(world, atom);
    if (!text.empty()) text += " && ";
    text += clause.size() > 1 ? "(" + either + ")" : either;
  }
  return text;
}

std::string pack_text(const World& world, std::span<const Rule> rules) {
  std::string lists, criteria;
  for (std::size_t list = 0; list < list_count; ++list) {
    lists += (list == 0 ? "\"" : ",\"") + list_name(list) + R"(":{"type":"string","values":[)";
    for (const std::uint32_t party : world.lists[list])
      lists += (lists.back() == '[' ? "\"" : ",\"") + world.parties[party] + "\"";
    lists += "]}";
  }
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    if (rule != 0) criteria += ',';
    criteria += criterion_json(criterion_texts(rule), condition_text(world, rules[rule]), {});
  }
  return pack_json(lists, criteria);
}

std::string table_pack_text(const World& world, std::size_t rows, std::uint64_t seed) {
  Random random(seed);
  std::string table =
      R"("prices":{"columns":[{"name":"code","type":"hs"},{"name":"origin","type":"country"},{"name":"low","type":"decimal"}],"rows":[)";
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string& code = world.hs[random.below(static_cast<std::uint32_t>(world.hs.size()))];
    const std::string& origin =
        world.countries[random.below(static_cast<std::uint32_t>(world.countries.size()))];
    if (row != 0) table += ',';
    table += "[\"" + code + "\",\"" + origin + "\",\"" + decimal_text(random.from_to(100, 50'000)) + "\"]";
  }
  const std::string_view when =
      "item.hs.under(row.code) && item.origin.country_code == row.origin && item.price.amount < row.low";
  return pack_json(table + "]}", criterion_json(criterion_texts(0), when, "prices"));
}

}  // namespace greenlane::bench
