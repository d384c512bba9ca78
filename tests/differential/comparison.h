// The engine against the second opinion, on random packs and declarations that a seed repeats.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tests/differential/naive_evaluator.h"
#include "tests/differential/random_pack.h"

namespace greenlane::test {

/// What is compared: the screener, or one with a fault.
using Engine = std::function<Result<Assessment>(const Compiled& pack, const document::Document& document,
                                                std::optional<Date> as_of)>;

Result<Assessment> screener(const Compiled& pack, const document::Document& document,
                            std::optional<Date> as_of);

inline constexpr std::size_t declarations_per_pack = 8;

/// Screens the declarations of `seed` with its pack. The first difference, with all that is needed to look
/// into it, or "". `tally` grows by the evaluations of the second opinion.
std::string difference(std::uint64_t seed, const Engine& engine, naive::Tally& tally);

}  // namespace greenlane::test
