#include "tests/differential/random_condition.h"

#include <algorithm>

namespace greenlane::test {
namespace {

constexpr std::size_t max_quantifiers = 1;  ///< in each other; more would cost more than a condition may

std::string bracketed(const std::string& text) { return "(" + text + ")"; }

}  // namespace

std::string ConditionWriter::condition(unsigned depth) {
  if (depth == 0) return atom();
  const std::size_t kind = random_.below(100);
  if (kind < 40) return bracketed(condition(depth - 1)) + " && " + bracketed(condition(depth - 1));
  if (kind < 65) return bracketed(condition(depth - 1)) + " || " + bracketed(condition(depth - 1));
  if (kind < 75) return "!" + bracketed(condition(depth - 1));
  if (kind < 79) {
    return bracketed(atom()) + " ? " + bracketed(condition(depth - 1)) + " : " +
           bracketed(condition(depth - 1));
  }
  return atom();
}

std::string ConditionWriter::conjunction(const std::vector<Field>& fields) {
  std::string out;
  for (const Field& each : fields) out += (out.empty() ? "" : " && ") + bracketed(about(each));
  return out;
}

std::string ConditionWriter::row_access() {
  const Vocabulary& words = vocabulary();
  for (;;) {
    const Field chosen = field();
    if (chosen.path.starts_with("row.")) continue;
    if (chosen.domain == &words.code)
      return chosen.path + (random_.chance(80) ? ".under(row.hs)" : " == row.hs");
    for (const FieldSpec& column : words.row.fields) {
      if (column.domain != chosen.domain) continue;
      return random_.chance(50) ? chosen.path + " == row." + column.path
                                : "row." + column.path + " == " + chosen.path;
    }
  }
}

std::string ConditionWriter::atom() {
  const std::size_t kind = random_.below(100);
  if (kind < 76) return about(field());
  if (kind < 90) return quantified();
  if (kind < 98) return looked_up();
  return choose({"true", "false"});
}

std::string ConditionWriter::about(const Field& field) {
  if (random_.chance(12)) return declared(field.path);
  switch (field.domain->shape) {
    case Shape::text:
      return about_text(field);
    case Shape::texts:
      return about_texts(field);
    case Shape::code:
      return about_code(field);
    case Shape::decimal:
    case Shape::integer:
      return random_.chance(25) ? computed(field) : about_number(field);
    case Shape::date:
      return about_date(field);
    case Shape::boolean:
      break;
  }
  if (random_.chance(10)) return field.path;
  return field.path + choose({" == ", " != "}) + value(*field.domain);
}

std::string ConditionWriter::declared(const std::string& path) {
  const std::string has = "has(" + path + ")";
  switch (random_.below(4)) {
    case 0:
      return has;
    case 1:
      return "!" + has;
    case 2:
      return path + " == null";
    default:
      return random_.chance(80) ? path + " != null" : "null == " + path;
  }
}

std::string ConditionWriter::membership(const Field& field) {
  const std::string list = field.domain->list;
  const std::string in =
      field.path + " in " + (!list.empty() && random_.chance(50) ? "lists." + list : values(*field.domain));
  return random_.chance(75) ? in : "!(" + in + ")";
}

std::string ConditionWriter::about_text(const Field& field) {
  switch (random_.below(8)) {
    case 0:
    case 1:
      return field.path + " == " + value(*field.domain);
    case 2:
      return value(*field.domain) + choose({" == ", " != "}) + field.path;
    case 3:
      return field.path + " != " + value(*field.domain);
    case 4:
      return random_.chance(50) ? field.path + choose({".startsWith(", ".contains("}) +
                                      choose({"\"J\"", "\"C\"", "\"1\""}) + ")"
                                : field.path + " " + order() + " \"K\"";
    case 5:
      return field.path + choose({" == ", " != "}) + like(field).path;
    default:
      return membership(field);
  }
}

std::string ConditionWriter::about_code(const Field& field) {
  const Vocabulary& words = vocabulary();
  switch (random_.below(8)) {
    case 0:
      return field.path + choose({" == ", " != "}) + value(*field.domain);
    case 1:
      return membership(field.domain == &words.code ? field : Field{field.path, &words.prefix});
    case 2:
      return field.path + ".under(" + values(words.prefix) + ")";
    case 3:
      return field.path + ".under(lists.codes)";
    case 4:
      return field.domain == &words.code ? field.path + ".heading() == \"0307\""
                                         : field.path + ".under(\"03\")";
    default:
      return field.path + ".under(" + value(words.prefix) + ")";
  }
}

std::string ConditionWriter::about_number(const Field& field) {
  switch (random_.below(7)) {
    case 0:
    case 1: {
      std::string low = value(*field.domain);
      std::string high = value(*field.domain);
      if (std::stod(high) < std::stod(low)) std::swap(low, high);
      return low + choose({" < ", " <= "}) + field.path + " && " + field.path + choose({" < ", " <= "}) +
             high;
    }
    case 2:
      return value(*field.domain) + " " + order() + " " + field.path;
    case 3:
      return field.path + " " + comparison() + " " + like(field).path;
    case 4:
      return membership(field);
    default:
      return field.path + " " + comparison() + " " + value(*field.domain);
  }
}

std::string ConditionWriter::computed(const Field& field) {
  const std::string other = like(field).path;
  if (field.domain->shape == Shape::integer && random_.chance(40))
    return field.path + " % " + choose({"2", "0"}) + " == 1";
  switch (random_.below(5)) {
    case 0:
      return field.path + " / " + other + " " + order() + " " + value(*field.domain);
    case 1:
      return field.path + " * 2 " + order() + " " + other;
    case 2:
      return field.path + choose({" + ", " - "}) + other + " " + comparison() + " " + value(*field.domain);
    case 3:
      return field.path + " / 0 > 1";
    default:
      return field.path + " " + order() + " (" + about(this->field()) + " ? " + exact(*field.domain) + " : " +
             exact(*field.domain) + ")";
  }
}

std::string ConditionWriter::about_date(const Field& field) {
  switch (random_.below(6)) {
    case 0:
      return field.path + " " + comparison() + " as_of";
    case 1:
      return field.path + ".plusDays(" + choose({"30", "-1", "200"}) + ") " + order() + " " +
             choose({"as_of", "\"2025-07-01\""});
    case 2:
      return field.path + ".daysUntil(" + like(field).path + ") " + order() + " " + choose({"0", "30"});
    case 3:
      return field.path + " " + comparison() + " " + like(field).path;
    case 4:
      return value(*field.domain) + " <= " + field.path + " && " + field.path + " < " + value(*field.domain);
    default:
      return field.path + " " + comparison() + " " + value(*field.domain);
  }
}

std::string ConditionWriter::about_texts(const Field& field) {
  if (random_.chance(60)) return value(*field.domain) + " in " + field.path;
  return field.path + (random_.chance(70) ? ".size() > 0" : "[0] == " + value(*field.domain));
}

std::string ConditionWriter::quantified() {
  std::vector<std::pair<std::string, const ArraySpec*>> arrays;
  for (const auto& [name, group] : variables_) {
    for (const ArraySpec& array : group->arrays) arrays.emplace_back(name + "." + array.path, &array);
  }
  const auto around = std::count_if(variables_.begin(), variables_.end(),
                                    [](const auto& v) { return v.first.starts_with("any"); });
  if (arrays.empty() || static_cast<std::size_t>(around) >= max_quantifiers) return about(field());
  const auto& [path, array] = random_.pick(arrays);
  const std::size_t kind = random_.below(12);
  if (kind == 0) return path + ".size() " + comparison() + " " + choose({"0", "1", "2"});
  if (kind == 1) {
    const FieldSpec& spec = random_.pick(array->element->fields);
    return about({path + choose({"[0].", "[1]."}) + spec.path, spec.domain});
  }
  // Of a list in a group that is null the manual does not say whether it equals null, so that it is not
  // asked.
  if (kind == 2) return array->path.find('.') == std::string::npos ? declared(path) : "has(" + path + ")";
  const std::string name = "any" + std::to_string(around + 1);
  ConditionWriter inner(random_, variables_);
  inner.variables_.emplace_back(name, array->element);
  std::string what;
  do {
    what = inner.about(inner.field());
  } while (what.find(name) == std::string::npos);
  if (random_.chance(35))
    what += (random_.chance(60) ? " && " : " || ") + bracketed(inner.about(inner.field()));
  return (random_.chance(40) ? "!" : "") + path + (random_.chance(75) ? ".exists(" : ".all(") + name + ", " +
         what + ")";
}

std::string ConditionWriter::looked_up() {
  const Vocabulary& words = vocabulary();
  std::string code, country;
  for (int tries = 0; tries < 40; ++tries) {
    const Field found = field();
    if (found.domain == &words.code) code = found.path;
    if (found.domain == &words.country && !found.path.starts_with("row.")) country = found.path;
  }
  if (country.empty()) return about(field());
  std::string key = country;
  std::string table = "lists.rates";
  if (!code.empty() && random_.chance(70)) {
    table = "lists.bands";
    key = random_.chance(50) ? code : code + ", " + country;
  }
  const std::string days = choose({"", "", "", "On", "Ever"});
  if (days == "On") key = row_day() + ", " + key;
  const std::string has = table + ".has" + days + "(" + key + ")";
  if (random_.chance(50)) return (random_.chance(60) ? "" : "!") + has;
  // A row that is not in force any more, or not yet.
  if (days == "Ever" && random_.chance(40)) return has + " && !" + table + ".has(" + key + ")";
  // Asked for null a row cannot be found, so that without has() the key has to be there.
  const std::string limit = table + ".row" + days + "(" + key + ").limit";
  return has + " && " + limit +
         (random_.chance(50) ? " " + comparison() + " " + value(words.amount) : " != null");
}

/// The day that a row has to be in force on.
std::string ConditionWriter::row_day() {
  const Vocabulary& words = vocabulary();
  for (int tries = 0; tries < 20 && random_.chance(95); ++tries) {
    const Field found = field();
    if (found.domain == &words.day && !found.path.starts_with("row.")) return found.path;
  }
  return choose({"as_of", "as_of.plusDays(-200)", "date(\"2025-01-01\")", "\"2025-07-01\"", "\"2024-12-31\""});
}

ConditionWriter::Field ConditionWriter::field() {
  // The innermost are asked about most.
  std::size_t at = variables_.size() - 1;
  while (at > 0 && random_.chance(35)) --at;
  const auto& [name, group] = variables_[at];
  const FieldSpec& spec = random_.pick(group->fields);
  return {name + "." + spec.path, spec.domain};
}

ConditionWriter::Field ConditionWriter::like(const Field& field) {
  std::vector<Field> alike;
  for (const auto& [name, group] : variables_) {
    for (const FieldSpec& spec : group->fields) {
      if (spec.domain == field.domain) alike.push_back({name + "." + spec.path, spec.domain});
    }
  }
  return alike.empty() ? field : random_.pick(alike);
}

std::string ConditionWriter::value(const Domain& domain) {
  const std::string& text = random_.pick(domain.values);
  const bool bare =
      domain.shape == Shape::decimal || domain.shape == Shape::integer || domain.shape == Shape::boolean;
  return bare ? text : "\"" + text + "\"";
}

std::string ConditionWriter::exact(const Domain& domain) {
  const std::string number = value(domain);
  return domain.shape == Shape::decimal ? "decimal(\"" + number + "\")" : number;
}

std::string ConditionWriter::values(const Domain& domain) {
  std::string out = value(domain);
  for (std::size_t more = random_.below(3); more > 0; --more) out += ", " + value(domain);
  return "[" + out + "]";
}

}  // namespace greenlane::test
