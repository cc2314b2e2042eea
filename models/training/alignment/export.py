"""Write a scikit-learn histogram booster as the plain trees that `forest.py` reads."""

import math


def forest(booster, columns):
    """Give `booster` (HistGradientBoostingClassifier, binary) as data; see `read_forest`."""
    return {
        "columns": list(columns),
        "base": round(float(booster._baseline_prediction.ravel()[0]), 6),
        "trees": [_tree(stage[0].nodes) for stage in booster._predictors],
    }


def _tree(nodes):
    flat = []

    def walk(at):
        node = nodes[at]
        if node["is_leaf"]:
            flat.append(_short(node["value"], 4))
            return
        flat.append(
            [int(node["feature_idx"]), _short(node["num_threshold"], 6), int(node["missing_go_to_left"])]
        )
        walk(node["left"])
        walk(node["right"])

    walk(0)
    return flat


def _short(value, digits):
    """Keep `digits` significant digits: thresholds lie between values, so little can change."""
    value = float(value)
    if value == 0 or not math.isfinite(value):
        return 0.0 if value == 0 else math.copysign(1e30, value)
    return float(f"{value:.{digits}g}")
