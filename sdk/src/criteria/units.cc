// Units of measure: UN/ECE Recommendation 20 codes and exact conversion within mass, volume, length and count.
#include <algorithm>
#include <array>

#include "cel/library.h"
#include "criteria/language.h"

namespace greenlane::criteria {
namespace {

enum class Dimension : unsigned char { mass, volume, length, area, count };

struct Unit {
  std::string_view code;
  Dimension dimension;
  std::string_view factor;  ///< in the dimension's base unit: kg, l, m, m2, piece
};

constexpr std::array<Unit, 26> units = {{
    {"KGM", Dimension::mass, "1"},
    {"GRM", Dimension::mass, "0.001"},
    {"MGM", Dimension::mass, "0.000001"},
    {"TNE", Dimension::mass, "1000"},
    {"DTN", Dimension::mass, "100"},
    {"LBR", Dimension::mass, "0.45359237"},
    {"ONZ", Dimension::mass, "0.028349523125"},
    {"CTM", Dimension::mass, "0.0002"},
    {"LTR", Dimension::volume, "1"},
    {"MLT", Dimension::volume, "0.001"},
    {"CLT", Dimension::volume, "0.01"},
    {"HLT", Dimension::volume, "100"},
    {"MTQ", Dimension::volume, "1000"},
    {"CMQ", Dimension::volume, "0.001"},
    {"MTR", Dimension::length, "1"},
    {"CMT", Dimension::length, "0.01"},
    {"MMT", Dimension::length, "0.001"},
    {"KMT", Dimension::length, "1000"},
    {"FOT", Dimension::length, "0.3048"},
    {"MTK", Dimension::area, "1"},
    {"CMK", Dimension::area, "0.0001"},
    {"C62", Dimension::count, "1"},
    {"H87", Dimension::count, "1"},
    {"NAR", Dimension::count, "1"},
    {"DZN", Dimension::count, "12"},
    {"CEN", Dimension::count, "100"},
}};

const Unit* find_unit(std::string_view code) {
  const auto* found = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.code == code; });
  return found == units.end() ? nullptr : found;
}

cel::Value unknown_unit(std::string_view code) {
  return cel::Value::error("\"" + std::string(code) + "\" is no unit that can be converted");
}

cel::Value convert(const cel::CallContext&, const cel::Value* a) {
  const Unit* from = find_unit(a[1].text());
  const Unit* to = find_unit(a[2].text());
  if (from == nullptr) return unknown_unit(a[1].text());
  if (to == nullptr) return unknown_unit(a[2].text());
  if (from->dimension != to->dimension) {
    return cel::Value::error("\"" + std::string(from->code) + "\" and \"" + std::string(to->code) + "\" measure different things");
  }
  const auto base = Decimal::multiply(a[0].as<Decimal>(), *Decimal::parse(from->factor));
  const auto converted = base ? Decimal::divide(*base, *Decimal::parse(to->factor)) : std::nullopt;
  return converted ? cel::Value(*converted) : cel::Value::error("the converted quantity has more than 34 digits");
}

}  // namespace

void add_units(cel::FunctionTable& functions) {
  cel::Declare declare(functions);
  const cel::TypeRef d = cel::types::simple(cel::TypeKind::decimal);
  const cel::TypeRef s = cel::types::simple(cel::TypeKind::string);
  declare.member("convert", {d, s, s}, d, convert);
}

}  // namespace greenlane::criteria
