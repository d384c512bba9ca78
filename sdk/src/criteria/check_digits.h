// Check digits of the numbers that declarations hold.
#pragma once

#include <string_view>

namespace greenlane::criteria {

/// ISO 6346: three letters of the owner, U, J or Z, six digits and the check digit, as in CSQU3054383.
bool is_container_number(std::string_view text) noexcept;
/// IMO ship number: seven digits, the last the check digit (sum of the first six times 7 to 2, modulo 10).
bool is_imo_number(std::string_view text) noexcept;
/// ISO 3779 vehicle number: 17 characters without I, O, Q; position 9 the check digit of 49 CFR 565.15.
bool is_vin(std::string_view text) noexcept;
/// GB 32100-2015 unified social credit code: 18 characters, the last the check character.
bool is_uscc(std::string_view text) noexcept;

}  // namespace greenlane::criteria
