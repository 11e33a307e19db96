// The kinds of record of supplies and food.
#pragma once

#include "domain/core/noun.hpp"

namespace tideover::nouns {

extern const Noun ppe_item, ppe_movement, voucher, parcel, food_shop, device;

}  // namespace tideover::nouns
