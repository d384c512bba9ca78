#include "criteria/expected_share.h"

#include <algorithm>
#include <array>

namespace greenlane::criteria {
namespace {

// Of Zipf-like trade data: a chapter in thirty lines, a heading in 250, an eight-digit code in a few thousand.
constexpr std::array<double, 13> share_by_length = {1, 1, 0.03, 0.02, 0.004, 0.002, 0.001, 0.0007, 0.0005, 0.0004, 0.0003, 0.0003, 0.0003};

double share_of_value(const document::Field* field, FactKind kind) noexcept {
  if (kind == FactKind::truth || kind == FactKind::row_there) return 0.3;
  if (kind == FactKind::codes || field == nullptr) return 0.05;
  if (field->kind == document::FieldKind::hs) return share_by_length[10];
  if (field->name == "id" || field->name.ends_with("_id") || field->name == "name") return 0.0005;
  // A field with a code list has many values, one without is likely to be a small enumeration.
  return field->codes.empty() ? 0.25 : 0.04;
}

}  // namespace

double expected_share(const document::Field* field, FactKind kind, std::size_t count) noexcept {
  const double of_one = kind == FactKind::prefix_lists ? share_by_length[6] : share_of_value(field, kind);
  return std::min(0.5, of_one * static_cast<double>(count == 0 ? 1 : count));
}

double expected_share_of_prefixes(const std::vector<std::uint64_t>& prefixes) noexcept {
  double share = 0;
  for (const std::uint64_t prefix : prefixes) share += share_by_length[prefix >> 56];
  return std::min(0.5, share);
}

}  // namespace greenlane::criteria
