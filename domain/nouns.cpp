// The list of nouns, in the order in which their records can refer to each other.
#include "domain/nouns.hpp"

#include <array>
#include <stdexcept>

#include "domain/access/nouns.hpp"
#include "domain/aid/nouns.hpp"
#include "domain/community/nouns.hpp"
#include "domain/council_tax/nouns.hpp"
#include "domain/figures/nouns.hpp"
#include "domain/finance/nouns.hpp"
#include "domain/grants/nouns.hpp"
#include "domain/helpline/nouns.hpp"
#include "domain/imports/nouns.hpp"
#include "domain/parties/nouns.hpp"

namespace tideover::nouns {
namespace {

constexpr std::array list{
    &ward_postcode,
    &organisation,
    &household,
    &person,
    &business,
    &premises,
    &scheme,
    &scheme_version,
    &application,
    &award,
    &payment,
    &external_funding,
    &council_tax_account,
    &council_tax_fund,
    &council_tax_posting,
    &ppe_item,
    &ppe_movement,
    &voucher,
    &parcel,
    &food_shop,
    &device,
    &call,
    &mutual_aid_group,
    &volunteer,
    &merge,
    &staff,
    &api_token,
    &figure,
    &publication,
    &import_profile,
};

}  // namespace

std::span<const Noun* const> all() {
    return list;
}

const Noun& named(std::string_view name) {
    for (const auto* noun : list) {
        if (noun->name == name) return *noun;
    }
    throw std::logic_error("no noun " + std::string{name});
}

}  // namespace tideover::nouns
