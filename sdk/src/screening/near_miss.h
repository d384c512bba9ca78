// How far a condition is from its other outcome.
#pragma once

#include <cstdint>
#include <optional>

#include "cel/expression.h"
#include "greenlane/changes.h"

namespace greenlane::screening {

/// The only part of a conjunction that is false while all others are true.
struct FailedAlone {
  const cel::Expr* part = nullptr;
  std::optional<Margin> margin;
};

/// The near miss of a condition that is false, if it is one. A condition that is no conjunction has to have a margin.
/// `row_slot` is the variable of the table row. `cost` grows by the units spent.
std::optional<FailedAlone> failed_alone(const cel::Expression& when, const cel::Activation& activation, std::size_t row_slot,
                                        std::uint64_t& cost);

/// How far a condition that is true is from being false, by its nearest comparison.
std::optional<Margin> margin_inside(const cel::Expression& when, const cel::Activation& activation, std::size_t row_slot);

/// Whether `a` is nearer than `b`: by percent, those without percent behind; days by their number.
bool is_nearer(const Margin& a, const Margin& b);

}  // namespace greenlane::screening
